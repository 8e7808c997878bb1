import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Request details")
struct RequestDetailsTests {
    private static let base = "https://sched.example.org/ess/rest/scheduler/v1/requests"

    @Test("C13, C25: a root that never ran, documented profile, byte by byte")
    func waitingDocumented() {
        let links = [
            "", "/cancel", "/forceCancel", "/hold", "/release", "/subscribe", "/permissions", "/executionStatus",
        ]
        .map { #"{"href":"\#(Self.base)/300010\#($0)","rel":"\#($0.isEmpty ? "self" : String($0.dropFirst()))"}"# }
        let absParent = #"{"href":"\#(Self.base)/300010","rel":"absParentRequest"}"#
        let expected =
            #"{"absParentRequestId":300010,"application":"AcmeEss","cause":"NON_TERMINAL","#
            + #""causeDescription":"Request in non-terminal state","deployedApplicationName":"AcmeEss","#
            + #""enterpriseId":1,"executionAttempt":1,"executionMode":"NONE","instanceParentExecAttempt":0,"#
            + #""instanceParentId":0,"isAsyncRecoverable":false,"isCancellable":true,"isForceCancelAllowed":false,"#
            + #""isHoldable":true,"isRecoverable":false,"isTimedOut":false,"#
            + #""jobDefinitionId":"JobDefinition://acme/billing/NightlyInvoices","#
            + #""links":[\#(links[0]),\#(absParent),\#(links.dropFirst().joined(separator: ","))],"#
            + #""parentExecAttempt":0,"pausedCount":0,"priority":4,"processPhase":"Initial","#
            + #""processPhaseDescription":"The request was created","requestId":300010,"requestMode":"Escapement","#
            + #""requestParameters":[],"requestType":"RECUR_PARENT","retriedCount":0,"runAsUser":"anna","#
            + #""state":"WAIT","stateChangeTime":"2027-03-01T09:10:00.000Z","stateDescription":"Wait","stepId":"0","#
            + #""submissionTime":"2027-03-01T09:10:00.000Z","submitter":"anna"}"#
        #expect(wireText(SampleRequests.encoder(.documented).encoded(SampleRequests.waiting)) == expected)
    }

    @Test("C25: the fusion profile differs in elapsedTime, requestMode and links only")
    func waitingFusion() throws {
        let names = FieldSelection(fields: nil, excludeFields: "links,requestMode,elapsedTime", default: .full)
        let fusion = SampleRequests.encoder(.fusion)
        #expect(
            fusion.encoded(SampleRequests.waiting, selection: names)
                == SampleRequests.encoder(.documented).encoded(SampleRequests.waiting, selection: names)
        )
        let three = FieldSelection([.elapsedTime, .requestMode, .links])
        let links = LinkFilter(relations: [.itself, .parentRequest, .instanceParent])
        let base = "https://sched.example.org:443/ess/rest/scheduler/v1/requests"
        #expect(
            wireText(fusion.encoded(SampleRequests.waiting, selection: three, linkFilter: links))
                == #"{"elapsedTime":-999,"links":[{"href":"\#(base)/300010","rel":"SELF"},"#
                + #"{"href":"\#(base)/-1","rel":"PARENTREQUEST"},{"href":"\#(base)/0","rel":"INSTANCEPARENT"}],"#
                + #""requestMode":"Fusion"}"#
        )
        #expect(
            wireText(fusion.encoded(SampleRequests.failed, selection: FieldSelection([.elapsedTime])))
                == #"{"elapsedTime":1500}"#
        )
    }

    @Test("a request with every member, byte by byte")
    func everyMember() {
        let expected =
            #"{"absParentRequestId":300010,"application":"AcmeEss","cause":"PROCESS_BIZ_ERROR","#
            + #""causeDescription":"The job ended with a business error","className":"Poster","#
            + #""completedTime":"2027-03-01T09:10:00.009Z","deployedApplicationName":"AcmeEss","description":"d","#
            + #""dispatcher":"node-1","dmsRID":"r1","ecid":"t1","elapsedTime":1500,"enterpriseId":7,"#
            + #""errorType":"BUSINESS","errorTypeDescription":"Business error","errorWarningDetail":"ä","#
            + #""errorWarningMessage":"Ledger \"US\" is closed\n","errorWarningTime":"2027-03-01T09:10:00.003Z","#
            + #""executableState":"ERROR","executionAttempt":3,"executionMode":"SERIAL","executionType":"JAVA_TYPE","#
            + #""expiration":"2027-03-01T09:10:00.010Z","externalId":"e-1","externalJobType":"ext","flowId":"f1","#
            + #""instanceParentExecAttempt":1,"instanceParentId":300009,"isAsyncRecoverable":true,"#
            + #""isAsynchronous":true,"isCancellable":false,"isForceCancelAllowed":true,"isHoldable":false,"#
            + #""isRecoverable":true,"isTimedOut":true,"jobDefinitionId":"JobDefinition://acme/gl/Post","#
            + #""jobDescription":"Posts the ledger","jobDisplayName":"Post ledger","#
            + #""jobType":"JobType://escapement/core/HTTPJobType","lastScheduleInstanceId":300020,"#
            + #""lastSubRequestSet":3,"logicalClusterName":"west","notificationUrl":"https://x.example/cb","#
            + #""parentExecAttempt":2,"parentRequestId":300011,"pausedCount":1,"postProcessMessage":"post","#
            + #""postProcessStatus":"WARN","preProcessMessage":"pre","preprocessStatus":"PROCEED","#
            + #""previousState":"RUNNING","priority":9,"processEndTime":"2027-03-01T09:10:00.008Z","#
            + #""processGroup":"escapement","processPhase":"Complete","#
            + #""processPhaseDescription":"The request has ended","processStartTime":"2027-03-01T09:10:00.007Z","#
            + #""processor":"node-2","product":"GL","readyWaitTime":10,"requestCategory":"nightly","#
            + #""requestDmsECID":"t3","requestFlowId":"f3","requestId":300012,"requestMode":"Escapement","#
            + #""requestParameters":[{"name":"submit.argument1","paramType":"STRING","scope":"night.load","value":"US"},"#
            + #"{"name":"count","paramType":"INTEGER","value":"5"},{"name":"empty","scope":"load"},{"name":"bare"},"#
            + #"{"name":"token","paramType":"STRING","value":"********"}],"#
            + #""requestType":"JOBSET_STEP","requestedEndTime":"2027-03-01T09:10:00.005Z","#
            + #""requestedStartTime":"2027-03-01T09:10:00.004Z","retriedCount":2,"runAsUser":"batch","#
            + #""schedule":{"recurrences":[{"endDate":"2027-03-02T09:10:00.000Z","icalString":"FREQ=DAILY","#
            + #""startDate":"2027-03-01T09:10:00.000Z"},{"icalString":"FREQ=WEEKLY"}],"#
            + #""exclusions":["2027-03-01T09:10:00.002Z","2027-12-24"],"inclusions":["2027-03-01T09:10:00.001Z"],"#
            + #""timezone":"Europe/Berlin","description":"Once a day","displayName":"Every day","name":"Daily"},"#
            + #""scheduleDefinition":"Schedule://acme/gl/Daily","scheduledTime":"2027-03-01T09:10:00.006Z","#
            + #""state":"ERROR","stateChangeTime":"2027-03-01T09:10:00.001Z","stateDescription":"Error","#
            + #""stepId":"night.load","subRequestSet":1,"submissionTime":"2027-03-01T09:10:00.002Z","#
            + #""submitter":"anna","submitterDmsECID":"t2","submitterDmsRID":"r2","submitterFlowId":"f2","#
            + #""submitterGUID":"g","waitTime":20}"#
        let selection = FieldSelection(fields: "@full", excludeFields: "links", default: .basic)
        #expect(
            wireText(SampleRequests.encoder(.documented).encoded(SampleRequests.failed, selection: selection))
                == expected
        )
    }

    @Test("every documented member is known, in ASCII order")
    func memberNames() {
        let names = RequestMember.allCases.map(\.rawValue)
        #expect(
            names.map { Array($0.utf8) } == names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        )
        #expect(Set(names) == Set(Self.documentedMembers))
        #expect(names.count == Self.documentedMembers.count)
    }

    @Test("C11: no nulls and no member twice, whatever is absent")
    func noNulls() throws {
        for profile in CompatibilityProfile.allCases {
            for details in [SampleRequests.waiting, SampleRequests.failed] {
                let value = try JSONReader.read(SampleRequests.encoder(profile).encoded(details))
                let names = value.members.map(\.name)
                #expect(Set(names).count == names.count)
                #expect(value.members.allSatisfy { !$0.value.isNull })
            }
        }
        let names = try JSONReader.read(SampleRequests.encoder(.fusion).encoded(SampleRequests.failed)).members.map(
            \.name
        )
        #expect(names.count == RequestMember.allCases.count)
    }

    @Test("a cancelled request shows Oracle's two spellings")
    func spellings() {
        var details = SampleRequests.waiting
        details.state = .cancelled
        details.previousState = .cancelling
        details.cause = .operatorCancel
        let selection = FieldSelection([
            .state, .stateDescription, .cause, .causeDescription, .previousState, .isCancellable,
        ])
        #expect(
            wireText(SampleRequests.encoder(.documented).encoded(details, selection: selection))
                == #"{"cause":"OPERATOR_CANCEL","causeDescription":"The request was cancelled","isCancellable":false,"#
                + #""previousState":"CANCELLING","state":"CANCELLED","stateDescription":"Canceled"}"#
        )
    }

    @Test("every cause, phase and kind of error has words of its own")
    func explanations() throws {
        var details = SampleRequests.failed
        func words(_ member: RequestMember) throws -> String {
            let bytes = SampleRequests.encoder(.documented).encoded(details, selection: FieldSelection([member]))
            let words = try #require(try JSONReader.read(bytes)[member.rawValue]?.string)
            #expect(words.first?.isUppercase == true && words.last?.isLetter == true, "\(words)")
            return words
        }
        let causes = try Cause.allCases.map { cause in
            details.cause = cause
            return try words(.causeDescription)
        }
        let phases = try ProcessPhase.allCases.map { phase in
            details.processPhase = phase
            return try words(.processPhaseDescription)
        }
        let errorTypes = try ErrorType.allCases.map { errorType in
            details.errorType = errorType
            return try words(.errorTypeDescription)
        }
        for texts in [causes, phases, errorTypes] { #expect(Set(texts).count == texts.count) }
        #expect(causes.first == "Request in non-terminal state")
    }

    /// The members of the table in REST §3.5, in its order.
    private static let documentedMembers = """
        requestId absParentRequestId parentRequestId instanceParentId parentExecAttempt instanceParentExecAttempt
        requestType state previousState executableState stateDescription stateChangeTime cause causeDescription
        errorType errorTypeDescription errorWarningMessage errorWarningDetail errorWarningTime
        processPhase processPhaseDescription preprocessStatus preProcessMessage postProcessStatus postProcessMessage
        isCancellable isHoldable isForceCancelAllowed isAsynchronous isAsyncRecoverable isRecoverable isTimedOut
        executionAttempt retriedCount pausedCount priority elapsedTime waitTime readyWaitTime
        submissionTime requestedStartTime requestedEndTime scheduledTime processStartTime processEndTime completedTime
        expiration application deployedApplicationName product requestCategory description
        jobDefinitionId jobDisplayName jobDescription jobType className externalJobType externalId
        executionType executionMode stepId schedule scheduleDefinition lastScheduleInstanceId lastSubRequestSet
        subRequestSet submitter submitterGUID runAsUser notificationUrl dispatcher processor processGroup
        logicalClusterName enterpriseId requestMode ecid submitterDmsECID requestDmsECID
        dmsRID submitterDmsRID flowId submitterFlowId requestFlowId requestParameters links
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
