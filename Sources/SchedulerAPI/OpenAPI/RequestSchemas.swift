import SchedulerCore

/// Schemas of what answers show of requests (REST §3.5, §3.6).
enum RequestSchemas {
    /// All members of a request; which of them an answer has depends on `fields` and on what there is to show.
    static func details(in profile: CompatibilityProfile) -> APISchema {
        .answer(RequestMember.allCases.map { ($0.rawValue, schema(of: $0, in: profile)) })
    }

    /// The schema of each member: a new one does not compile without.
    private static func schema(of member: RequestMember, in profile: CompatibilityProfile) -> APISchema {
        switch member {
        case .state, .previousState, .executableState: .named("RequestState")
        case .requestType: .oneOf(RequestType.self)
        case .cause: .oneOf(Cause.self)
        case .errorType: .oneOf(ErrorType.self).about("In ERROR only.")
        case .processPhase: .oneOf(ProcessPhase.self)
        case .executionType: .oneOf(ExecutionType.self).about("Absent from job sets.")
        case .executionMode: .oneOf(ExecutionMode.self)
        case .requestId, .absParentRequestId: .int64
        case .parentRequestId: .int64.about("Absent from a root.")
        case .instanceParentId: .int64.about("Root of this run; 0 on a recurring parent.")
        case .lastScheduleInstanceId: .int64
        case .enterpriseId: .int64
        case .elapsedTime: .int64.about("Milliseconds that it ran. \(profile.elapsedTimeNote)")
        case .waitTime: .int64.about("Milliseconds from due to RUNNING.")
        case .readyWaitTime: .int64.about("Milliseconds since READY.")
        case .executionAttempt, .parentExecAttempt, .instanceParentExecAttempt, .retriedCount, .pausedCount,
            .priority, .lastSubRequestSet, .subRequestSet:
            .int32
        case .isAsyncRecoverable, .isCancellable, .isForceCancelAllowed, .isHoldable, .isRecoverable, .isTimedOut:
            .flag
        case .isAsynchronous: .flag.about("Absent while unknown.")
        case .stateChangeTime, .errorWarningTime, .submissionTime, .requestedStartTime, .requestedEndTime,
            .processStartTime, .processEndTime:
            .instant
        case .scheduledTime: .instant.about("When it is due.")
        case .completedTime: .instant.about("When all work was done.")
        case .expiration: .instant.about("Latest start.")
        case .schedule: .named("ScheduleDetails")
        case .requestParameters: .list(of: .named("RequestParameter"))
        case .links: .list(of: .named("Link"))
        case .requestMode: .oneOf([profile.requestMode])
        case .stepId: .text.about("Path of a step; 0 outside of a job set.")
        case .notificationUrl: .url.about("Where its end is reported to.")
        case .jobDefinitionId, .jobType, .scheduleDefinition: .text.about("Canonical id of a metadata object.")
        case .application, .causeDescription, .className, .deployedApplicationName, .description, .dispatcher,
            .dmsRID, .ecid, .errorTypeDescription, .errorWarningDetail, .errorWarningMessage, .externalId,
            .externalJobType, .flowId, .jobDescription, .jobDisplayName, .logicalClusterName, .postProcessMessage,
            .postProcessStatus, .preProcessMessage, .preprocessStatus, .processGroup, .processPhaseDescription,
            .processor, .product, .requestCategory, .requestDmsECID, .requestFlowId, .runAsUser, .stateDescription,
            .submitter, .submitterDmsECID, .submitterDmsRID, .submitterFlowId, .submitterGUID:
            .text
        }
    }

    /// A list of requests.
    static let queryResponse = APISchema.answer(
        [
            "batch": .list(of: .named("RequestBatchItem")).about("Where more than one id was asked for."),
            "count": .int64.about("How many items are here."),
            "hasMore": .flag.about("Where limit or offset was used."),
            "items": .list(of: .named("RequestDetails")),
            "links": .list(of: .named("Link")),
            "pageIndex": .int32.about("Where neither limit, offset nor id was used."),
        ],
        required: ["count", "items", "links"]
    )

    /// What became of one of several ids.
    static let batchItem = APISchema.answer(
        [
            "error": .named("SimpleExceptionDetail"), "id": .int64, "request": .named("RequestDetails"),
            "status": .int32,
        ],
        required: ["id", "status"]
    )

    static let schedule = APISchema.answer(
        [
            "recurrences": .list(
                of: .answer(
                    ["endDate": .instant, "icalString": .text, "startDate": .instant],
                    required: ["icalString"]
                )
            ),
            "exclusions": .list(of: .text).about("Dates or date-times."),
            "inclusions": .list(of: .instant),
            "timezone": .text.about("IANA id."),
            "description": .text,
            "displayName": .text,
            "name": .text,
        ],
        required: ["recurrences"]
    )

    /// A parameter without value is shown by its name, and its scope where it has one.
    static let parameter = APISchema.answer(
        [
            "name": .text, "paramType": .oneOf(ParameterType.self),
            "scope": .text.about("Path of a step; absent: all steps."), "value": .text,
        ],
        required: ["name"]
    )

    static func link(in profile: CompatibilityProfile) -> APISchema { link(LinkRelation.allCases, profile) }

    /// The links of an action's answer.
    static func actionLinks(in profile: CompatibilityProfile) -> APISchema {
        let relations = LinkRelation.allCases.filter { LinkBuilder.actionAnswer(in: profile).contains($0) }
        return .answer(["links": .list(of: link(relations, profile))], required: ["links"])
    }

    private static func link(_ relations: [LinkRelation], _ profile: CompatibilityProfile) -> APISchema {
        .answer(
            ["href": .url, "rel": .oneOf(relations.map { $0.name(in: profile) })],
            required: ["href", "rel"]
        )
    }
}

extension CompatibilityProfile {
    fileprivate var elapsedTimeNote: String {
        switch self {
        case .documented: "Absent if it never did."
        case .fusion: "-999 if it never did."
        }
    }
}
