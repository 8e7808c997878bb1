import SchedulerCore

/// The operations of our own API on the server (administration §4, §6).
extension AdministrationOperations {
    static let serverGroups = [
        APIGroup("Forecast", "What will be.", [preview, forecast]),
        APIGroup("Work", "How work is shared out.", [workload, test, bind, unbind]),
        APIGroup("Nodes", "The servers of the cluster.", [nodes, node] + nodeActions + clusterActions + duties),
        APIGroup("Purge", "What is old goes.", [purgeRun, purgeRuns]),
        secretGroup,
    ]

    private static let preview = APIOperation(
        .post,
        base + "/schedules/preview",
        "previewSchedule",
        "What a schedule will do",
        answers: [.json(200, "Instants in UTC and in the schedule's zone.", .named("Preview"))]
    )
    .taking(APIParameters.key)
    .reading(.named("PreviewRequest"), example: ["max": 5, "schedule": schedule])
    .refusing(APICodes.schedule)
    .refusing(APICodes.key)

    /// An example.
    static let schedule: DocumentValue = [
        "recurrences": [["icalString": "FREQ=WEEKLY;BYDAY=MO;BYHOUR=6"]], "timezone": "Europe/Berlin",
    ]

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
    .reading(.named("WorkloadTestRequest"), example: ["jobDefinitionId": "samples/HelloWorld"])
    .refusing(APICodes.request)
    .refusing(APICodes.key)
    .refusing(3001, 3002, 3003, 31_002)

    private static let binding = base + "/workload/bindings/{node}/{id}"

    private static let bind = APIOperation(
        .put,
        binding,
        "bindAssignment",
        "Bind a work assignment to a node",
        answers: [bound(200, "It was bound already."), bound(201, "It is bound.")]
    )
    .taking(MetadataOperations.node, MetadataOperations.objectID, MetadataOperations.ifMatch, APIParameters.key)
    .reading(.named("BindingRequest"), example: ["enabled": true, "scope": "standard"])
    .refusing(MetadataOperations.change)

    private static func bound(_ status: Int, _ about: String) -> APIAnswer {
        APIAnswer.json(status, about, .named("Binding"))
            .carrying("ETag", "Its version.")
            .leading(
                to: ["unbindAssignment"],
                ["node": "$request.path.node", "id": "$request.path.id", "If-Match": "$response.header.ETag"]
            )
    }

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
        answers: [
            APIAnswer.json(200, "All.", .named("NodeList"))
                .leading(to: ["getNode", "quiesceNode", "resumeNode"], ["node": "$response.body#/items/0/name"])
        ]
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
    .reading(.named("PurgeRunRequest"), example: purge)
    .refusing(APICodes.key)
    .refusing(3002, 3003, 5020, 30_001, 31_002)

    private static let purge: DocumentValue = [
        "criteria": ["application": "Escapement"], "dryRun": true, "retentionDays": ["default": 90],
    ]

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
