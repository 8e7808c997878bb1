import ArgumentParser

/// `escapement assignment test`.
struct AssignmentTest: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Print which nodes would take a request, and under which assignments; with --quiet only the nodes.",
        discussion: """
            The request is one that exists, by --request, or is described by --definition and what assignments look at.
            """
    )

    @Option(help: "Number of a request.")
    var request: Int64?

    @Option(help: "Id of a definition or set, such as acme/Import.")
    var definition: String?

    @Option(help: "Application.")
    var application: String?

    @Option(help: "Product.")
    var product: String?

    @Option(help: "Request category.")
    var category: String?

    @Option(name: .customLong("run-as"), help: "Whom it runs as; else you.")
    var runAs: String?

    @Option(help: "When, such as 2027-03-01T22:00:00Z; else now.")
    var at: String?

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard (request == nil) != (definition == nil) else {
            throw ValidationError("Give a request by --request, or describe one by --definition.")
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        var body: [String: ReplyValue] = [:]
        body["requestId"] = request.map { .whole($0) }
        for (name, value) in [
            ("jobDefinitionId", definition), ("application", application), ("product", product),
            ("requestCategory", category), ("userName", runAs), ("at", at),
        ] {
            body[name] = value.map { .text($0) }
        }
        let reply = try await session.client.testWorkload(.object(body))
        guard let nodes = reply["nodes"]?.list else {
            throw ClientFailure(exit: .other, message: "the answer holds no list of nodes")
        }
        switch session.form {
        case .json, .yaml: try session.show(whole: reply)
        case .table where session.isQuiet:
            for node in nodes where node["isTaken"] == .flag(true) {
                try session.console.data(node["name"]?.text ?? "")
            }
        case .table:
            try session.console.data(TextTable.render(header: Self.header, rows: nodes.flatMap(Self.rows)))
        }
        return .done
    }

    private static let header = ["NODE", "TAKEN", "ASSIGNMENT", "STATE", "WORKSHIFT", "THREADS", "NEXT"]

    /// One for each assignment that is bound to the node, one for a node without any.
    private static func rows(of node: ReplyValue) -> [[String]] {
        let first = [node["name"]?.cell ?? "", node["isTaken"] == .flag(true) ? "yes" : "no"]
        let matches = node["assignments"]?.list ?? []
        guard !matches.isEmpty else {
            return [first + [node["isDefault"] == .flag(true) ? "(default)" : "", "", "", "", ""]]
        }
        return matches.map { match in
            first + ["workAssignment", "state", "workshift", "threads", "nextWindow"].map { match[$0]?.cell ?? "" }
        }
    }
}
