import SchedulerCore

/// Schemas of our own API but for metadata (administration §4, §6).
enum AdministrationSchemas {
    static let all: [(name: String, schema: APISchema)] = bodies + answers + DiagnosisSchemas.all

    private static let bodies: [(name: String, schema: APISchema)] = [
        ("PriorityRequest", .body(["priority": .integer(in: WireLimits.priorityRange)], required: ["priority"])),
        (
            "RecoverRequest",
            .body(["outcome": .oneOf(RecoveryOutcome.self), "reason": .text], required: ["outcome"])
        ),
        (
            "CompleteRequest",
            .body(
                [
                    "attestation": .flag.with("const", true).about("That the job will not answer any more."),
                    "status": .oneOf(["SUCCESS", "WARNING", "ERROR", "BUSINESS_ERROR", "CANCEL"]),
                    "statusMessage": .text,
                ],
                required: ["attestation", "status"]
            )
        ),
        (
            "PreviewRequest",
            .body([
                "schedule": .named("ScheduleInput"), "scheduleId": .text, "from": .text, "to": .text,
                "max": .integer(in: 1...Int64(RecurrenceLimits.previewMax)),
            ])
        ),
        (
            "WorkloadTestRequest",
            .body([
                "at": .text, "requestId": .integer(in: 1...Int64.max), "jobDefinitionId": .text, "application": .text,
                "enterpriseId": .integer(in: 0...Int64.max), "logicalClusterName": .text, "product": .text,
                "requestCategory": .text, "userName": .text,
            ])
        ),
        ("BindingRequest", .body(["enabled": .flag, "scope": .oneOf(WorkBinding.Scope.self)])),
        (
            "PurgeRunRequest",
            .body([
                "policy": .text.about("Id of a policy, in place of criteria and ages."),
                "criteria": criteria(APISchema.body),
                "retentionDays": retention(APISchema.body), "dryRun": .flag,
            ])
        ),
        (
            "SecretRequest",
            .body(
                [
                    "value": .text.length(1...Int64(NamedSecret.valueBytesMax)).with("writeOnly", true)
                        .about("Of a key of OWSM_LPA: clientId:clientSecret."),
                    "definitions": .list(of: .text).atMost(NamedSecret.definitionsMax)
                        .about("Whose requests may use it, as in grants: acme.gl.*"),
                ],
                required: ["value", "definitions"]
            )
        ),
    ]

    private typealias Making = (KeyValuePairs<String, APISchema>, [String]) -> APISchema

    private static func criteria(_ make: Making) -> APISchema {
        make(
            [
                "application": .text, "executionType": .oneOf(ExecutionType.self), "jobDefinition": .text,
                "jobType": .text, "product": .text, "submitter": .text,
            ],
            []
        )
    }

    private static func retention(_ make: Making) -> APISchema {
        let days = APISchema.integer(in: 0...MetadataLimits.retentionDaysMax)
        return make(["cancelled": days, "default": days, "error": days, "success": days, "warning": days], [])
    }

    private static let answers: [(name: String, schema: APISchema)] = [
        (
            "OutputList",
            .items(
                of: .answer(
                    [
                        "contentType": .oneOf(["TEXT_OUTPUT", "BINARY_OUTPUT"]), "name": .text,
                        "size": .int64.about("Bytes."),
                    ],
                    required: ["contentType", "name", "size"]
                )
            )
        ),
        ("Delivery", delivery), ("DeliveryList", .items(of: .named("Delivery"))),
        ("Preview", preview), ("Forecast", forecast), ("Workload", workload), ("WorkloadTest", workloadTest),
        (
            "Binding",
            .answer(
                [
                    "enabled": .flag, "node": .text, "scope": .oneOf(WorkBinding.Scope.self), "workAssignment": .text,
                ],
                required: ["enabled", "node", "scope", "workAssignment"]
            )
        ),
        ("Node", node), ("NodeList", .items(of: .named("Node"), ["clusterName": .text])),
        ("PurgeRun", purgeRun), ("PurgeRunList", .items(of: .named("PurgeRun"))),
        (
            "Secret",
            .answer(
                ["definitions": .list(of: .text), "name": .text, "updatedBy": .text, "updatedTime": .instant],
                required: ["definitions", "name", "updatedBy", "updatedTime"]
            )
        ),
        ("SecretList", .items(of: .named("Secret"))),
    ]

    private static let delivery = APISchema.answer(
        [
            "channel": .oneOf(OutboxChannel.self), "event": .oneOf(RequestEventName.self), "idempotencyKey": .text,
            "lastError": .text, "lastStatus": .int32, "lastTryTime": .instant,
            "nextTryTime": .instant.about("While it is pending."), "number": .int64, "requestId": .int64,
            "requestState": .named("RequestState"), "status": .oneOf(DeliveryStatus.self), "subscriberId": .int64,
            "time": .instant, "tries": .int32,
        ],
        required: ["channel", "event", "number", "requestId", "requestState", "status", "time", "tries"]
    )

    private static let preview = APISchema.answer(
        [
            "instants": .list(
                of: .answer(
                    ["utc": .instant, "local": .text, "notes": .list(of: .oneOf(PreviewNote.self))],
                    required: ["utc", "local", "notes"]
                )
            ),
            "text": .text.about("The schedule in words."),
        ],
        required: ["instants", "text"]
    )

    private static let forecast = APISchema.items(
        of: .answer(
            [
                "application": .text, "endTime": .instant, "jobDefinitionId": .text, "local": .text,
                "notes": .list(of: .oneOf(ForecastNote.self)), "parentRequestId": .int64, "requestId": .int64,
                "runAsUser": .text, "scheduleDefinition": .text, "scheduledTime": .instant, "startTime": .instant,
                "submitter": .text, "usualP50": .int64, "usualP95": .int64, "workAssignment": .text, "workshift": .text,
            ],
            required: ["application", "jobDefinitionId", "notes"]
        ),
        [
            "from": .instant, "nextFrom": .instant, "time": .instant, "to": .instant, "truncated": .flag,
        ]
    )

    private static let workload = APISchema.answer(
        [
            "limits": .list(
                of: .answer([
                    "inUse": .int32, "kind": .oneOf(WorkLimitKind.self), "limit": .int32, "workAssignment": .text,
                    "workshift": .text,
                ])
            ),
            "nodes": .list(
                of: .answer([
                    "inUse": .int32, "isDefault": .flag, "name": .text, "nextChange": .instant,
                    "resting": .list(
                        of: .answer([
                            "code": .oneOf(WorkObstacleCode.self), "nextWindow": .instant, "workAssignment": .text,
                            "workshift": .text,
                        ])
                    ),
                    "shares": .list(
                        of: .answer([
                            "inUse": .int32, "isExclusive": .flag, "threads": .int32, "workAssignment": .text,
                            "workshift": .text,
                        ])
                    ),
                    "threads": .int32,
                ])
            ),
            "time": .instant,
        ],
        required: ["limits", "nodes", "time"]
    )

    private static let workloadTest = APISchema.answer(
        [
            "at": .instant, "matches": .list(of: .text),
            "nodes": .list(
                of: .answer([
                    "assignments": .list(
                        of: .answer([
                            "isExclusive": .flag, "nextWindow": .instant,
                            "state": .oneOf(WorkloadTest.Match.State.self),
                            "threads": .int32, "workAssignment": .text, "workshift": .text,
                        ])
                    ),
                    "isDefault": .flag, "isTaken": .flag, "name": .text,
                ])
            ),
        ],
        required: ["at", "matches", "nodes"]
    )

    private static let node = APISchema.answer(
        [
            "clusterName": .text, "id": .text, "isClusterQuiesced": .flag, "isQuiesced": .flag,
            "joinedTime": .instant, "leads": .list(of: .oneOf(LeaderRole.self)), "leaseEndTime": .instant,
            "name": .text, "processId": .int64, "quiesceState": .oneOf(QuiesceState.self), "running": .int32,
            "state": .oneOf(NodeState.self), "stopped": .list(of: .oneOf(NodeDuty.self)), "version": .text,
        ],
        required: ["clusterName", "isClusterQuiesced", "isQuiesced", "leads", "name", "quiesceState", "state"]
    )

    private static let purgeRun = APISchema.answer(
        [
            "criteria": criteria(APISchema.answer), "dryRun": .flag, "endedTime": .instant, "id": .int64,
            "logicalDeleteOnly": .flag, "maxRequests": .int64, "policy": .text, "principal": .text,
            "requests": .int64, "retentionDays": retention(APISchema.answer), "startedTime": .instant,
            "state": .oneOf(["RUNNING", "ENDED"]), "trees": .int64,
        ],
        required: ["dryRun", "id", "state"]
    )
}
