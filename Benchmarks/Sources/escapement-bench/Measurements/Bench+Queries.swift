import Foundation

extension Bench {
    private static let firstRunSeconds = 30.0

    /// Pages of lists out of a million requests, one access path at a time (P8).
    func queries() throws -> Section {
        let folder = try folder()
        try with(folder) { server in
            let connection = try Connection(port: server.port)
            _ = try connection.exchange(server.messages.submit("NoOp"), expecting: 201)
            try server.wait(#"state eq "SUCCEEDED""#, count: 1, within: Self.firstRunSeconds)
        }
        tell("making \(sizes.listedRequests) requests of many callers")
        let copies = CopiedRequests.varied(sizes.listedRequests)
        if let postgres {
            try CopiedRequests.fillPostgres(postgres.database(of: folder), [copies])
        } else {
            try CopiedRequests.fillSQLite(folder.path("data/escapement.db"), [copies])
        }
        return try with(folder) { server in
            let paths = Self.paths(copies)
            return Section(
                title: "A page of \(Sizes.pageSize) of \(sizes.listedRequests) requests",
                notes: [
                    "GET /requests with q and limit=\(Sizes.pageSize) at \(Sizes.listConnections) connections by an "
                        + "administrator; each call another value, but of the state",
                    "rows: on the page of one such call",
                ],
                rows: try paths.map { try row(server, $0.name, $0.filter) }
            )
        }
    }

    /// Filters over a random number.
    private static func paths(_ copies: CopiedRequests) -> [(name: String, filter: @Sendable (Int) -> String)] {
        let (first, count, oldest) = (copies.firstNumber, copies.count, copies.oldestMilliseconds)
        let size = CopiedRequests.treeSize
        return [
            ("state", { _ in #"state eq "WARNING""# }),
            ("submitter", { #"submitter eq "\#(CopiedRequests.submitter($0))""# }),
            ("definition", { #"jobDefinitionId eq "\#(CopiedRequests.definition($0))""# }),
            ("parent", { "parentRequestId eq \(first + Int64($0 % count / size * size))" }),
            (
                "submission window",
                { number in
                    let start = oldest + Int64(number % count)
                    return #"submissionTime ge "\#(time(start))" and submissionTime lt "\#(time(start + 1000))""#
                }
            ),
            (
                "submitter and state",
                { #"submitter eq "\#(CopiedRequests.submitter($0))" and state eq "SUCCEEDED""# }
            ),
        ]
    }

    private static func time(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private func row(
        _ server: BenchServer,
        _ name: String,
        _ filter: @escaping @Sendable (Int) -> String
    ) throws -> Section.Row {
        tell("pages by \(name)")
        let messages = server.messages
        func run(_ seconds: Double) throws -> LoadResult {
            try Load.run(on: server, connections: Sizes.listConnections, .seconds(seconds)) { connection, _ in
                let message = messages.list(filter(.random(in: 0..<Int.max)), "&limit=\(Sizes.pageSize)")
                try connection.exchange(message, expecting: 200)
            }
        }
        _ = try run(sizes.warmUpSeconds)
        var runs: [LoadResult] = []
        for _ in 0..<Sizes.runs { runs.append(try run(sizes.windowSeconds)) }
        let page = try Connection(port: server.port).exchange(
            messages.list(filter(.random(in: 0..<Int.max)), "&limit=\(Sizes.pageSize)"),
            expecting: 200
        )
        guard let rows = page.integer("count"), rows > 0 else { throw BenchmarkError("nothing is listed by \(name)") }
        return Section.Row(name: name, figures: Self.figures(runs, unit: "pages") + [Figure("rows", [Double(rows)])])
    }
}
