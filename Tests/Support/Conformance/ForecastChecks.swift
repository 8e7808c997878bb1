import SchedulerCore
import Testing

/// What a forecast reads: parents, requests that wait for their time, how long runs take (administration §6.3).
package enum ForecastChecks {
    package static let all: [StoreCheck] = sources + waiting + usual

    private static let sources: [StoreCheck] = [
        StoreCheck("Recurring parents come with schedule, policy and next instance, held ones too") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY", catchUp: .latest)).id
            let held = try await test.submit(StoreSamples.recurring("FREQ=DAILY")).id
            try await test.perform(.hold, on: held)
            let found = try await test.sources()
            #expect(found.map(\.request.id) == [parent, held] && found.map(\.request.state) == [.wait, .hold])
            let first = try #require(found.first)
            #expect(first.catchUp == .latest && first.schedule?.recurrences.count == 1)
            #expect(first.next == (try await test.children(of: parent).first))
            #expect(found.last?.next?.state == .hold)
        },
        StoreCheck("A parent that was cancelled, or whose schedule has ended, is none any more") { test in
            let cancelled = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            try await test.perform(.cancel, on: cancelled)
            let ended = try await test.submit(StoreSamples.recurring("FREQ=HOURLY;COUNT=1")).id
            try await test.startAll()
            try await test.expect(ended, in: .scheduleEnded)
            #expect(try await test.sources().isEmpty)
        },
        StoreCheck("What is held on its own comes within the window only, its instances do not come by themselves") {
            test in
            let inside = try await test.submit(StoreSamples.submission(start: test.milliseconds(60_000))).id
            let outside = try await test.submit(StoreSamples.submission(start: test.milliseconds(90_000_000))).id
            for id in [inside, outside] { try await test.perform(.hold, on: id) }
            let parent = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            try await test.perform(.hold, on: #require(try await test.children(of: parent).first).id)
            #expect(try await test.sources().map(\.request.id) == [inside, parent])
        },
        StoreCheck("Sources come page by page") { test in
            var ids: [RequestID] = []
            for _ in 0..<5 { ids.append(try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id) }
            #expect(try await test.sources(limit: 2).map(\.request.id) == Array(ids.prefix(2)))
            #expect(try await test.sources(after: ids[1], limit: 2).map(\.request.id) == Array(ids[2...3]))
            #expect(try await test.sources(after: ids[4]).isEmpty)
        },
        StoreCheck("A31: filter and visibility look at the parent; an instance that is not visible is left out") {
            test in
            let mine = try await test.submit(StoreSamples.recurring("FREQ=HOURLY")).id
            var other = try StoreSamples.recurring("FREQ=HOURLY")
            other.facts.submitter = "bert"
            other.facts.runAsUser = "bert"
            let others = try await test.submit(other).id
            let anna = RequestFilter.comparison(.submitter, .equal, .text("anna"))
            #expect(try await test.sources(visibility: anna).map(\.request.id) == [mine])
            let bert = RequestFilter.comparison(.submitter, .equal, .text("bert"))
            #expect(try await test.sources(filter: bert).map(\.request.id) == [others])
            #expect(try await test.sources(filter: bert, visibility: anna).isEmpty)
            let parents = RequestFilter.comparison(.requestType, .equal, .text("RECUR_PARENT"))
            let blind = try await test.sources(visibility: parents)
            #expect(blind.count == 2 && blind.allSatisfy { $0.next == nil })
            #expect(try await test.sources(filter: parents).allSatisfy { $0.next != nil })
        },
    ]

    private static let waiting: [StoreCheck] = [
        StoreCheck("Requests in WAIT come by time, whatever their priority, the end of the window not included") {
            test in
            var ids: [Int: RequestID] = [:]
            for (offset, priority) in [(30, 4), (10, 0), (20, 9), (40, 9), (0, 5)] {
                let start = test.milliseconds(Int64(offset) * 1000)
                ids[offset] = try await test.submit(StoreSamples.submission(priority: priority, start: start)).id
            }
            try await test.submit(StoreSamples.recurring("FREQ=SECONDLY"))
            let held = try await test.submit(StoreSamples.submission(start: test.milliseconds(15_000))).id
            try await test.perform(.hold, on: held)
            let found = try await test.waiting(seconds: 5..<40)
            #expect(found == [ids[10], ids[20], ids[30]])
            #expect(try await test.waiting(seconds: 5..<41, limit: 2) == [ids[10], ids[20]])
            #expect(try await test.waiting(seconds: 0..<100, limit: 4) == [ids[0], ids[10], ids[20], ids[30]])
        },
        StoreCheck("A31: filter and visibility choose among them") { test in
            let mine = try await test.submit(StoreSamples.submission(start: test.milliseconds(10_000))).id
            let others = try await test.submit(
                StoreSamples.submission(submitter: "bert", start: test.milliseconds(10_000))
            ).id
            let anna = RequestFilter.comparison(.submitter, .equal, .text("anna"))
            #expect(try await test.waiting(seconds: 0..<100, visibility: anna) == [mine])
            #expect(try await test.waiting(seconds: 0..<100, filter: .not(anna)) == [others])
            #expect(try await test.waiting(seconds: 0..<100, filter: .not(anna), visibility: anna).isEmpty)
        },
    ]

    private static let usual: [StoreCheck] = [
        StoreCheck("Usual durations are of the newest twenty runs that ended well, by definition") { test in
            for seconds in 1...22 {
                let id = try await test.submit(StoreSamples.submission("A")).id
                let running = try await test.start(id)
                test.time.advance(by: .seconds(seconds))
                try await test.end(running, seconds % 2 == 0 ? .warning(text: nil) : .success)
            }
            let failing = try await test.start(test.submit(StoreSamples.submission("A")).id)
            test.time.advance(by: .seconds(1000))
            try await test.end(failing, .businessError(text: nil))
            let cancelled = try await test.submit(StoreSamples.submission("A")).id
            try await test.perform(.cancel, on: cancelled)
            _ = try await test.submit(StoreSamples.submission("B"))
            let (a, b) = (StoreSamples.definition("A"), StoreSamples.definition("B"))
            let found = try await test.store.usualDurations(of: [a, b, StoreSamples.definition("Never")])
            #expect(Set(found.keys) == [a])
            // The first two of 22 are older than twenty.
            let expected = UsualDuration(milliseconds: (3...22).map { $0 * 1000 })
            #expect(found[a] == expected && expected?.runs == 20)
            #expect(try await test.store.usualDurations(of: []).isEmpty)
        }
    ]
}

extension StoreUnderTest {
    fileprivate func sources(
        after id: RequestID? = nil,
        limit: Int = 100,
        filter: RequestFilter? = nil,
        visibility: RequestFilter? = nil
    ) async throws -> [ForecastSource] {
        let window = try ForecastWindow(from: time.now(), to: milliseconds(86_400_000))
        return try await store.forecastSources(
            ForecastQuery(window: window, filter: filter, visibility: visibility),
            after: id,
            limit: limit
        )
    }

    fileprivate func waiting(
        seconds: Range<Int64>,
        limit: Int = 100,
        filter: RequestFilter? = nil,
        visibility: RequestFilter? = nil
    ) async throws -> [RequestID] {
        let window = try ForecastWindow(
            from: milliseconds(seconds.lowerBound * 1000),
            to: milliseconds(seconds.upperBound * 1000)
        )
        return try await store.forecastWaiting(
            ForecastQuery(window: window, filter: filter, visibility: visibility),
            limit: limit
        ).map(\.id)
    }
}
