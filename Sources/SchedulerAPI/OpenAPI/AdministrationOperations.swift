import SchedulerCore

/// The operations of our own API on requests, and on the server (administration §4, §6).
package enum AdministrationOperations {
    static let base = "/api/v1"
    private static let request = base + "/requests/{requestId}"

    // MARK: - One request

    static let requests: [APIOperation] =
        [log, outputs, output, diagnosis, deliveries, redelivery, refresh, schedule] + controls + [
            priority, recover, complete,
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
        answers: [.json(200, "Oldest first.", .named("DeliveryList"))]
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

    private static let schedule = change(.put, "/schedule", "replaceSchedule", "Change schedule and times")
        .reading(.named("UpdateRequest"))
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
        .reading(.named("PriorityRequest"))
        .refusing(1025)

    private static let recover = change(.post, "/recover", "recoverRequest", "Decide about a lost attempt")
        .reading(.named("RecoverRequest"))
        .refusing(1026)

    private static let complete = change(.post, "/complete", "completeRequest", "Report in place of a job")
        .reading(.named("CompleteRequest"))
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

    // MARK: - The server

    static let server: [APIOperation] =
        [preview, forecast, workload, test, bind, unbind, nodes, node] + nodeActions + clusterActions + duties + [
            purgeRun, purgeRuns,
        ]

    private static let preview = APIOperation(
        .post,
        base + "/schedules/preview",
        "previewSchedule",
        "What a schedule will do",
        answers: [.json(200, "Instants in UTC and in the schedule's zone.", .named("Preview"))]
    )
    .taking(APIParameters.key)
    .reading(.named("PreviewRequest"))
    .refusing(APICodes.schedule)
    .refusing(APICodes.key)

    private static let forecast = APIOperation(
        .get,
        base + "/forecast",
        "getForecast",
        "What will start",
        answers: [.json(200, "Soonest first.", .named("Forecast"))]
    )
    .taking(
        .query("from", "Now, unless said.", .instant),
        .query("to", "A day later, unless said.", .instant),
        .query("q", "Filter, as for lists of requests.")
    )
    .refusing(APICodes.list)
    .refusing(4005)

    private static let workload = APIOperation(
        .get,
        base + "/workload/status",
        "getWorkload",
        "What nodes work on now",
        answers: [.json(200, "Shares and limits.", .named("Workload"))]
    )
    .refusing(31_002)

    private static let test = APIOperation(
        .post,
        base + "/workload/test",
        "testWorkload",
        "Who would take a request",
        answers: [.json(200, "Matches, and what each node says.", .named("WorkloadTest"))]
    )
    .taking(APIParameters.key)
    .reading(.named("WorkloadTestRequest"))
    .refusing(APICodes.request)
    .refusing(APICodes.key)
    .refusing(3001, 3002, 3003, 31_002)

    private static let binding = base + "/workload/bindings/{node}/{id}"

    private static let bind = APIOperation(
        .put,
        binding,
        "bindAssignment",
        "Bind a work assignment to a node",
        answers: [
            APIAnswer.json(200, "It was bound already.", .named("Binding")).carrying("ETag", "Its version."),
            APIAnswer.json(201, "It is bound.", .named("Binding")).carrying("ETag", "Its version."),
        ]
    )
    .taking(MetadataOperations.node, MetadataOperations.objectID, MetadataOperations.ifMatch, APIParameters.key)
    .reading(.named("BindingRequest"))
    .refusing(MetadataOperations.change)

    private static let unbind = APIOperation(
        .delete,
        binding,
        "unbindAssignment",
        "Take a work assignment from a node",
        answers: [.empty(204, "It is bound no longer.")]
    )
    .taking(MetadataOperations.node, MetadataOperations.objectID, MetadataOperations.ifMatch, APIParameters.key)
    .refusing(MetadataOperations.change)

    private static let nodes = APIOperation(
        .get,
        base + "/nodes",
        "listNodes",
        "The nodes of the cluster",
        answers: [.json(200, "All.", .named("NodeList"))]
    )
    .refusing(31_002)

    private static let node = onNode(.get, "", "getNode", "A node")

    private static let nodeActions = ["quiesce", "resume"].map { name in
        onNode(.post, "/\(name)", "\(name)Node", name == "quiesce" ? "Start nothing more" : "Start again")
    }

    private static let clusterActions = ["quiesce", "resume"].map { name in
        APIOperation(
            .post,
            base + "/clusters/{name}/\(name)",
            "\(name)Cluster",
            name == "quiesce" ? "Start nothing more on any node" : "Start again on all nodes",
            answers: [.json(200, "The nodes.", .named("NodeList"))]
        )
        .taking(.path("name", "Of the cluster."))
        .taking(APIParameters.key)
        .refusing(APICodes.key)
        .refusing(3006, 31_002)
    }

    private static let duties = NodeDuty.allCases.flatMap { duty in
        ["start", "stop"].map { verb in
            onNode(
                .post,
                "/\(duty.rawValue)/\(verb)",
                "\(verb)\(duty.rawValue.prefix(1).uppercased())\(duty.rawValue.dropFirst())",
                "\(verb == "start" ? "Switch on" : "Switch off") the \(duty.rawValue) of a node"
            )
        }
    }

    private static func onNode(
        _ method: APIOperation.Method,
        _ path: String,
        _ id: String,
        _ summary: String
    ) -> APIOperation {
        APIOperation(
            method,
            base + "/nodes/{node}" + path,
            id,
            summary,
            answers: [.json(200, "The node.", .named("Node"))]
        )
        .taking(.path("node", "Its name."))
        .taking(method == .get ? [] : [APIParameters.key])
        .refusing(method == .get ? [] : APICodes.key)
        .refusing(3007, 31_002)
    }

    private static let purgeRun = APIOperation(
        .post,
        base + "/purge/run",
        "runPurge",
        "Delete what is old enough",
        answers: [.json(202, "The leader begins.", .named("PurgeRun"))]
    )
    .taking(APIParameters.key)
    .reading(.named("PurgeRunRequest"))
    .refusing(APICodes.key)
    .refusing(3002, 3003, 5020, 30_001, 31_002)

    private static let purgeRuns = APIOperation(
        .get,
        base + "/purge/runs",
        "listPurgeRuns",
        "Runs of the purge",
        answers: [.json(200, "Newest first.", .named("PurgeRunList"))]
    )
    .taking(.query("limit", "How many.", .integer(in: 1...Int64(PurgeLimits.runsListed))))
    .refusing(5009, 5020, 31_002)
}
