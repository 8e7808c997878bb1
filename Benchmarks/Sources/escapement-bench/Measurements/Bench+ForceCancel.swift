import Foundation

extension Bench {
    private static let waitSeconds = 600.0

    /// Asynchronous requests that never hear of their job, cancelled, then force-cancelled.
    func forceCancel() throws -> Section {
        let folder = try folder()
        return try with(folder, ["--force-cancel-after", "0s", "--processor-threads", "\(Sizes.drainThreads)"]) {
            server in
            var (submits, cancels, forced): ([LoadResult], [LoadResult], [LoadResult]) = ([], [], [])
            for number in 1...Sizes.runs {
                tell("force-cancelling \(sizes.forceCancels) requests, run \(number)")
                let ids = Gathered()
                let message = server.messages.submit("Remote")
                submits.append(
                    try Load.run(on: server, connections: Sizes.connections, .calls(sizes.forceCancels)) {
                        connection,
                        _ in
                        let reply = try connection.exchange(message, expecting: 201)
                        if let id = reply.integer("id") { ids.add(id) }
                    }
                )
                try server.wait(
                    #"processPhase eq "ExecuteAsyncWait""#,
                    count: sizes.forceCancels,
                    within: Self.waitSeconds
                )
                cancels.append(try act("cancel", on: ids.values, server))
                forced.append(try act("forceCancel", on: ids.values, server))
                try server.check(#"state eq "CANCELLED""#, count: number * sizes.forceCancels)
            }
            return Section(
                title: "forceCancel of asynchronous requests that wait for their job",
                notes: ["\(Sizes.connections) connections, each request once; every call is durable before its 200"],
                rows: [
                    Section.Row(name: "submit (runs at once)", figures: Self.figures(submits, unit: "calls")),
                    Section.Row(name: "cancel", figures: Self.figures(cancels, unit: "calls")),
                    Section.Row(name: "forceCancel", figures: Self.figures(forced, unit: "calls")),
                ]
            )
        }
    }

    private func act(_ action: String, on ids: [Int64], _ server: BenchServer) throws -> LoadResult {
        let messages = server.messages
        return try Load.run(on: server, connections: Sizes.connections, .calls(ids.count)) { connection, number in
            try connection.exchange(messages.action(action, ids[number]), expecting: 200)
        }
    }
}
