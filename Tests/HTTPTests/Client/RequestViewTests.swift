import SchedulerAPI
import SchedulerCore
import Testing

/// What the client reads of requests.
@Suite("Request views")
struct RequestViewTests {
    /// What an encoder writes of a request, as the client reads it.
    private static func view(_ details: RequestDetails, _ profile: CompatibilityProfile) throws -> RequestView {
        RequestView(try JSONReader.read(SampleRequests.encoder(profile).encoded(details)))
    }

    @Test("Every member that answers have is read as what it is", arguments: CompatibilityProfile.allCases)
    func members(profile: CompatibilityProfile) throws {
        let view = try Self.view(SampleRequests.failed, profile)
        for member in RequestMember.allCases where view.json[member.rawValue] != nil {
            #expect(Self.value(of: member, in: view) != nil, "\(member)")
        }
        #expect(view.json.members.map(\.name).count > 70)
    }

    @Test("Members have the values that were written")
    func values() throws {
        let details = SampleRequests.failed
        let view = try Self.view(details, .documented)
        #expect(view.requestId == details.requestId && view.parentRequestId == details.parentRequestId)
        #expect(view.state == details.state && view.previousState == details.previousState)
        #expect(view.cause == details.cause && view.errorType == details.errorType)
        #expect(view.submissionTime == details.submissionTime && view.stateChangeTime == details.stateChangeTime)
        #expect(view.stepId == details.stepId && view.priority == details.priority)
        #expect(view.schedule == details.schedule)
        let links = LinkBuilder(publicURL: SampleRequests.publicURL, profile: .documented).links(of: details.lineage)
        #expect(view.links == links)
        let shown = details.requestParameters.map { parameter in
            RequestParameterBody(
                name: parameter.name,
                type: parameter.value == nil ? nil : parameter.type,
                value: parameter.isSecret && parameter.value != nil ? SecretText.mask : parameter.value,
                scope: parameter.scope
            )
        }
        #expect(view.requestParameters == shown)
    }

    @Test("Absent members, and values that only a newer server knows, are nil")
    func absence() throws {
        let text = #"{"state":"DREAMING","requestId":"5","submissionTime":"yesterday","priority":4.5,"links":7}"#
        let view = RequestView(try JSONReader.read(Array(text.utf8)))
        for member in RequestMember.allCases { #expect(Self.value(of: member, in: view) == nil, "\(member)") }
    }

    /// Does not compile without a new member.
    private static func value(of member: RequestMember, in view: RequestView) -> (any Sendable)? {
        switch member {
        case .absParentRequestId: view.absParentRequestId
        case .application: view.application
        case .cause: view.cause
        case .causeDescription: view.causeDescription
        case .className: view.className
        case .completedTime: view.completedTime
        case .deployedApplicationName: view.deployedApplicationName
        case .description: view.description
        case .dispatcher: view.dispatcher
        case .dmsRID: view.dmsRID
        case .ecid: view.ecid
        case .elapsedTime: view.elapsedTime
        case .enterpriseId: view.enterpriseId
        case .errorType: view.errorType
        case .errorTypeDescription: view.errorTypeDescription
        case .errorWarningDetail: view.errorWarningDetail
        case .errorWarningMessage: view.errorWarningMessage
        case .errorWarningTime: view.errorWarningTime
        case .executableState: view.executableState
        case .executionAttempt: view.executionAttempt
        case .executionMode: view.executionMode
        case .executionType: view.executionType
        case .expiration: view.expiration
        case .externalId: view.externalId
        case .externalJobType: view.externalJobType
        case .flowId: view.flowId
        case .instanceParentExecAttempt: view.instanceParentExecAttempt
        case .instanceParentId: view.instanceParentId
        case .isAsyncRecoverable: view.isAsyncRecoverable
        case .isAsynchronous: view.isAsynchronous
        case .isCancellable: view.isCancellable
        case .isForceCancelAllowed: view.isForceCancelAllowed
        case .isHoldable: view.isHoldable
        case .isRecoverable: view.isRecoverable
        case .isTimedOut: view.isTimedOut
        case .jobDefinitionId: view.jobDefinitionId
        case .jobDescription: view.jobDescription
        case .jobDisplayName: view.jobDisplayName
        case .jobType: view.jobType
        case .lastScheduleInstanceId: view.lastScheduleInstanceId
        case .lastSubRequestSet: view.lastSubRequestSet
        case .links: view.links.isEmpty ? nil : view.links
        case .logicalClusterName: view.logicalClusterName
        case .notificationUrl: view.notificationUrl
        case .parentExecAttempt: view.parentExecAttempt
        case .parentRequestId: view.parentRequestId
        case .pausedCount: view.pausedCount
        case .postProcessMessage: view.postProcessMessage
        case .postProcessStatus: view.postProcessStatus
        case .preProcessMessage: view.preProcessMessage
        case .preprocessStatus: view.preprocessStatus
        case .previousState: view.previousState
        case .priority: view.priority
        case .processEndTime: view.processEndTime
        case .processGroup: view.processGroup
        case .processPhase: view.processPhase
        case .processPhaseDescription: view.processPhaseDescription
        case .processStartTime: view.processStartTime
        case .processor: view.processor
        case .product: view.product
        case .readyWaitTime: view.readyWaitTime
        case .requestCategory: view.requestCategory
        case .requestDmsECID: view.requestDmsECID
        case .requestFlowId: view.requestFlowId
        case .requestId: view.requestId
        case .requestMode: view.requestMode
        case .requestParameters: view.requestParameters.isEmpty ? nil : view.requestParameters
        case .requestType: view.requestType
        case .requestedEndTime: view.requestedEndTime
        case .requestedStartTime: view.requestedStartTime
        case .retriedCount: view.retriedCount
        case .runAsUser: view.runAsUser
        case .schedule: view.schedule
        case .scheduleDefinition: view.scheduleDefinition
        case .scheduledTime: view.scheduledTime
        case .state: view.state
        case .stateChangeTime: view.stateChangeTime
        case .stateDescription: view.stateDescription
        case .stepId: view.stepId
        case .subRequestSet: view.subRequestSet
        case .submissionTime: view.submissionTime
        case .submitter: view.submitter
        case .submitterDmsECID: view.submitterDmsECID
        case .submitterDmsRID: view.submitterDmsRID
        case .submitterFlowId: view.submitterFlowId
        case .submitterGUID: view.submitterGUID
        case .waitTime: view.waitTime
        }
    }
}
