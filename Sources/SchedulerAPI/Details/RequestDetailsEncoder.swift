import SchedulerCore

/// Writes requests as answers show them (REST §3.5): members in ASCII order, absent ones left out.
package struct RequestDetailsEncoder: Sendable {
    package let links: LinkBuilder

    package init(links: LinkBuilder) { self.links = links }

    package func encoded(
        _ details: RequestDetails,
        selection: FieldSelection = .full,
        linkFilter: LinkFilter = .all
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: Self.typicalBytes)
        write(details, selection: selection, linkFilter: linkFilter, to: &writer)
        return writer.bytes
    }

    package func write(
        _ details: RequestDetails,
        selection: FieldSelection,
        linkFilter: LinkFilter = .all,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        selection.forEach { member, position in
            let name = RequestMember.names[position]
            switch member {
            case .links:
                writer.name(name)
                links.write(details.lineage, filter: linkFilter, to: &writer)
            case .elapsedTime:
                // Fusion servers send -999 for what never ran.
                let never: Int64? = links.profile == .fusion ? -999 : nil
                writer.member(name, details.elapsedTime?.wholeMilliseconds ?? never)
            case .requestMode:
                writer.member(name, links.profile.requestMode)
            default:
                details.write(member, name, to: &writer)
            }
        }
        writer.endObject()
    }

    /// Bytes of a request with all members, to start buffers with.
    static let typicalBytes = 3072
}

extension RequestDetails {
    /// Writes a member that looks the same in both profiles.
    fileprivate func write(_ member: RequestMember, _ name: JSONName, to writer: inout JSONWriter) {
        switch member {
        case .absParentRequestId: writer.member(name, absParentRequestId.value)
        case .application, .deployedApplicationName: writer.member(name, application)
        case .cause: writer.member(name, cause.rawValue)
        case .causeDescription: writer.member(name, cause.explanation)
        case .className: writer.member(name, className)
        case .completedTime: writer.member(name, completedTime)
        case .description: writer.member(name, description)
        case .dispatcher: writer.member(name, dispatcher)
        case .dmsRID: writer.member(name, dmsRID)
        case .ecid: writer.member(name, ecid)
        case .enterpriseId: writer.member(name, enterpriseId)
        case .errorType: writer.member(name, errorType?.rawValue)
        case .errorTypeDescription: writer.member(name, errorType?.explanation)
        case .errorWarningDetail: writer.member(name, errorWarningDetail)
        case .errorWarningMessage: writer.member(name, errorWarningMessage)
        case .errorWarningTime: writer.member(name, errorWarningTime)
        case .executableState: writer.member(name, executableState?.rawValue)
        case .executionAttempt: writer.member(name, executionAttempt)
        case .executionMode: writer.member(name, executionMode.rawValue)
        case .executionType: writer.member(name, executionType?.rawValue)
        case .expiration: writer.member(name, expiration)
        case .externalId: writer.member(name, externalId)
        case .externalJobType: writer.member(name, externalJobType)
        case .flowId: writer.member(name, flowId)
        case .instanceParentExecAttempt: writer.member(name, instanceParentExecAttempt)
        case .instanceParentId: writer.member(name, instanceParentId?.value ?? 0)
        case .isAsyncRecoverable: writer.member(name, isAsyncRecoverable)
        case .isAsynchronous: writer.member(name, isAsynchronous)
        case .isCancellable: writer.member(name, isCancellable)
        case .isForceCancelAllowed: writer.member(name, isForceCancelAllowed)
        case .isHoldable: writer.member(name, isHoldable)
        case .isRecoverable: writer.member(name, isRecoverable)
        case .isTimedOut: writer.member(name, isTimedOut)
        case .jobDefinitionId: writer.member(name, jobDefinitionId.description)
        case .jobDescription: writer.member(name, jobDescription)
        case .jobDisplayName: writer.member(name, jobDisplayName)
        case .jobType: writer.member(name, jobType?.description)
        case .lastScheduleInstanceId: writer.member(name, lastScheduleInstanceId?.value)
        case .lastSubRequestSet: writer.member(name, lastSubRequestSet)
        case .logicalClusterName: writer.member(name, logicalClusterName)
        case .notificationUrl: writer.member(name, notificationUrl)
        case .parentExecAttempt: writer.member(name, parentExecAttempt)
        case .parentRequestId: writer.member(name, parentRequestId?.value)
        case .pausedCount: writer.member(name, pausedCount)
        case .postProcessMessage: writer.member(name, postProcessMessage)
        case .postProcessStatus: writer.member(name, postProcessStatus)
        case .preProcessMessage: writer.member(name, preProcessMessage)
        case .preprocessStatus: writer.member(name, preprocessStatus)
        case .previousState: writer.member(name, previousState?.rawValue)
        case .priority: writer.member(name, priority)
        case .processEndTime: writer.member(name, processEndTime)
        case .processGroup: writer.member(name, processGroup)
        case .processPhase: writer.member(name, processPhase.rawValue)
        case .processPhaseDescription: writer.member(name, processPhase.explanation)
        case .processStartTime: writer.member(name, processStartTime)
        case .processor: writer.member(name, processor)
        case .product: writer.member(name, product)
        case .readyWaitTime: writer.member(name, readyWaitTime?.wholeMilliseconds)
        case .requestCategory: writer.member(name, requestCategory)
        case .requestDmsECID: writer.member(name, requestDmsECID)
        case .requestFlowId: writer.member(name, requestFlowId)
        case .requestId: writer.member(name, requestId.value)
        case .requestParameters: writer.member(name, requestParameters)
        case .requestType: writer.member(name, requestType.rawValue)
        case .requestedEndTime: writer.member(name, requestedEndTime)
        case .requestedStartTime: writer.member(name, requestedStartTime)
        case .retriedCount: writer.member(name, retriedCount)
        case .runAsUser: writer.member(name, runAsUser)
        case .schedule: writer.member(name, schedule)
        case .scheduleDefinition: writer.member(name, scheduleDefinition?.description)
        case .scheduledTime: writer.member(name, scheduledTime)
        case .state: writer.member(name, state.rawValue)
        case .stateChangeTime: writer.member(name, stateChangeTime)
        case .stateDescription: writer.member(name, state.displayText)
        case .stepId: writer.member(name, stepId ?? "0")
        case .subRequestSet: writer.member(name, subRequestSet)
        case .submissionTime: writer.member(name, submissionTime)
        case .submitter: writer.member(name, submitter)
        case .submitterDmsECID: writer.member(name, submitterDmsECID)
        case .submitterDmsRID: writer.member(name, submitterDmsRID)
        case .submitterFlowId: writer.member(name, submitterFlowId)
        case .submitterGUID: writer.member(name, submitterGUID)
        case .waitTime: writer.member(name, waitTime?.wholeMilliseconds)
        case .links, .elapsedTime, .requestMode: break
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: JSONName, _ schedule: ScheduleDetails?) {
        guard let schedule else { return }
        self.name(name)
        schedule.write(to: &self)
    }

    /// A secret value is written as its mask.
    fileprivate mutating func member(_ name: JSONName, _ parameters: [Parameter]) {
        self.name(name)
        beginArray()
        for parameter in parameters {
            let value = parameter.isSecret && parameter.value != nil ? SecretText.mask : parameter.value
            self.parameter(parameter.name, type: parameter.type, value: value, scope: parameter.scope)
        }
        endArray()
    }
}
