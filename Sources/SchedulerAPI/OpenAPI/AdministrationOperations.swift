import SchedulerCore

/// The operations of our own API on requests (administration §4, §6).
enum AdministrationOperations {
    static let base = "/api/v1"
    private static let request = base + "/requests/{requestId}"

    // MARK: - One request

    static let requestGroups = [
        APIGroup("Requests", "What one request left behind, and why it waits.", [log, outputs, output, diagnosis]),
        APIGroup("Actions", "What may be done with it besides.", [priority, refresh, recover, complete]),
        APIGroup("Deliveries", "What is told of it.", [deliveries, redelivery]),
        APIGroup("Schedules", "The schedule of a recurring request.", [replacement] + controls),
    ]

    private static let range = APIParameter.header("Range", "Bytes of the whole, for example bytes=0-1023.")

    private static let log = read(
        "/log",
        "getLog",
        "The log of a request",
        answers: contents("text/plain; charset=utf-8")
    )
    .taking(.query("tail", "The last lines only, 1000 unless said.", .integer(in: 0...1_000_000)), range)
    .refusing(5020, 32_003)
    .always()

    private static let outputs = read(
        "/outputs",
        "listOutputs",
        "The outputs of a request",
        answers: [.json(200, "Names and sizes.", .named("OutputList"))]
    )

    private static let output = read(
        "/outputs/{name}",
        "getOutput",
        "An output of a request",
        answers: contents("text/plain; charset=utf-8", "application/octet-stream")
    )
    .taking(.path("name", "Its name."), range)
    .refusing(5020, 32_003)
    .always()

    private static let diagnosis = read(
        "/diagnosis",
        "getDiagnosis",
        "Why a request waits",
        answers: [.json(200, "All reasons; the first one gives the code.", .named("Diagnosis"))]
    )

    private static let deliveries = read(
        "/deliveries",
        "listDeliveries",
        "What was or is to be told of a request",
        answers: [
            APIAnswer.json(200, "Oldest first.", .named("DeliveryList"))
                .leading(
                    to: ["redeliver"],
                    ["requestId": "$request.path.requestId", "number": "$response.body#/items/0/number"]
                )
        ]
    )
    .refusing(5020)

    private static let redelivery = change(
        .post,
        "/deliveries/{number}/redeliver",
        "redeliver",
        "Tell it again",
        answers: [.json(200, "The delivery.", .named("Delivery"))]
    )
    .taking(.path("number", "Of the delivery.", .int64))
    .refusing(1010, 1020, 5020)

    private static let refresh = change(.post, "/refresh", "refreshRequest", "Take what the metadata say now")
        .refusing(APICodes.parameters)
        .refusing(APICodes.schedule)
        .refusing(1028, 1018, 2002, 2007, 3001, 5003)

    private static let replacement = change(.put, "/schedule", "replaceSchedule", "Change schedule and times")
        .reading(.named("UpdateRequest"), example: ["schedule": schedule])
        .refusing(APICodes.parameters)
        .refusing(APICodes.schedule)
        .refusing(APICodes.callback)
        .refusing(1018, 1019, 1020, 1029, 3001, 5007)

    private static let controls = ScheduleControl.allCases.map { control in
        change(.post, "/schedule/\(control.rawValue)", "\(control.rawValue)Schedule", about(control))
            .refusing(1018, 1019, 1029, 4006)
    }

    private static func about(_ control: ScheduleControl) -> String {
        switch control {
        case .skip: "Leave out the next instance"
        case .runNow: "Make an instance at once, beside the schedule"
        case .end: "Make no more instances"
        }
    }

    private static let priority = change(.post, "/priority", "setPriority", "Change the priority")
        .reading(.named("PriorityRequest"), example: ["priority": 7])
        .refusing(1025)

    private static let recover = change(.post, "/recover", "recoverRequest", "Decide about a lost attempt")
        .reading(.named("RecoverRequest"), example: ["outcome": "RETRY"])
        .refusing(1026)

    private static let complete = change(.post, "/complete", "completeRequest", "Report in place of a job")
        .reading(.named("CompleteRequest"), example: ["attestation": true, "status": "SUCCESS"])
        .refusing(1027)

    private static func read(
        _ path: String,
        _ id: String,
        _ summary: String,
        answers: [APIAnswer]
    ) -> APIOperation {
        APIOperation(.get, request + path, id, summary, answers: answers)
            .taking(APIParameters.requestId)
            .refusing(APICodes.request)
    }

    private static func change(
        _ method: APIOperation.Method,
        _ path: String,
        _ id: String,
        _ summary: String,
        answers: [APIAnswer] = [.json(200, "Done.", .named("ActionResponse"))]
    ) -> APIOperation {
        APIOperation(method, request + path, id, summary, answers: answers)
            .taking(APIParameters.requestId, APIParameters.key)
            .refusing(APICodes.change)
    }

    private static func contents(_ types: String...) -> [APIAnswer] {
        let content = types.map { (type: $0, schema: APISchema.text) }
        return [
            APIAnswer(status: 200, about: "The content.", content: content),
            APIAnswer(status: 206, about: "The bytes asked for.", content: content)
                .carrying("Content-Range", "Which bytes of how many."),
        ]
    }
}
