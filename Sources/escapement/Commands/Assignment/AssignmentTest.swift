import ArgumentParser
import SchedulerAPI
import SchedulerCore

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
        let reply = try await session.client.send(.testWorkload(asked, at: at))
        try session.show(reply) {
            reply.nodes.filter(\.isTaken).map(\.name)
        } table: {
            TextTable.render(header: Self.header, rows: reply.nodes.flatMap(Self.rows))
        }
        return .done
    }

    private var asked: WorkloadQuestion {
        if let request { return .request(RequestID(request)) }
        var facts = WorkloadQuestion.Facts(jobDefinitionId: definition ?? "")
        facts.application = application
        facts.product = product
        facts.requestCategory = category
        facts.userName = runAs
        return .facts(facts)
    }

    private static let header = ["NODE", "TAKEN", "ASSIGNMENT", "STATE", "WORKSHIFT", "THREADS", "NEXT"]

    /// One for each assignment that is bound to the node, one for a node without any.
    private static func rows(of node: WorkloadTestView.Node) -> [[String]] {
        let first = [node.name, node.isTaken ? "yes" : "no"]
        guard !node.assignments.isEmpty else { return [first + [node.isDefault ? "(default)" : "", "", "", "", ""]] }
        return node.assignments.map { match in
            first + match.cells(["workAssignment", "state", "workshift", "threads", "nextWindow"])
        }
    }
}
