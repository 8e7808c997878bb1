import SchedulerCore
import Testing

/// Lists (REST §5.2, §7).
package enum QueryChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("lists come by number and in pages") { test in
            for _ in 0..<5 { try await test.submit() }
            var query = RequestQuery(limit: 2)
            #expect(try await numbers(query, test) == [1, 2])
            query.offset = 4
            #expect(try await numbers(query, test) == [5])
            query.offset = 5
            #expect(try await numbers(query, test).isEmpty)
        },
        StoreCheck("each documented field finds its requests") { test in
            try await test.submit(StoreSamples.submission("A", submitter: "anna"))
            test.time.advance(by: .milliseconds(1))
            let between = test.time.now()
            try await test.submit(StoreSamples.submission("B", submitter: "olga"))
            try await test.perform(.hold, on: RequestID(2))
            let cases: [(RequestFilter, [Int64])] = [
                (.comparison(.state, .equal, .text("HOLD")), [2]),
                (.comparison(.state, .notEqual, .text("HOLD")), [1]),
                (.comparison(.requestID, .greaterOrEqual, .integer(2)), [2]),
                (.comparison(.jobDefinitionID, .equal, .text("JobDefinition://acme/billing/A")), [1]),
                (.comparison(.jobDefinitionID, .endsWith, .text("/B")), [2]),
                (.comparison(.submitter, .equal, .text("olga")), [2]),
                (.comparison(.submitter, .equal, .text("nobody")), []),
                (.comparison(.submitter, .notEqual, .text("nobody")), [1, 2]),
                (.comparison(.submissionTime, .less, .dateTime(between)), [1]),
                (.comparison(.submissionTime, .equal, .dateTime(between)), [2]),
                (.and([.present(.submitter), .comparison(.submitter, .contains, .text("nn"))]), [1]),
                (.or([.comparison(.requestID, .equal, .integer(1)), .present(.className)]), [1]),
            ]
            for (filter, expected) in cases {
                #expect(try await numbers(RequestQuery(filter: filter, limit: 9), test) == expected, "\(filter)")
            }
        },
        StoreCheck("REST §7: an absent attribute is unequal to everything and in no order") { test in
            try await test.submit()
            let value = FilterValue.text("x")
            let cases: [(RequestFilter, Bool)] = [
                (.comparison(.product, .equal, value), false), (.comparison(.product, .notEqual, value), true),
                (.comparison(.product, .less, value), false), (.comparison(.product, .greaterOrEqual, value), false),
                (.comparison(.product, .contains, .text("")), false), (.present(.product), false),
                (.comparison(.className, .equal, value), false), (.comparison(.className, .notEqual, value), true),
                (.comparison(.errorType, .notEqual, .text("SYSTEM")), true), (.present(.errorType), false),
                (.comparison(.processStartTime, .greater, .dateTime(Timestamp(milliseconds: 0))), false),
                (.comparison(.scheduleDefinition, .notEqual, value), true),
            ]
            for (filter, matches) in cases {
                #expect(try await numbers(RequestQuery(filter: filter, limit: 9), test) == (matches ? [1] : []))
                let opposite = RequestQuery(filter: .not(filter), limit: 9)
                #expect(try await numbers(opposite, test) == (matches ? [] : [1]), "not (\(filter))")
            }
        },
        StoreCheck("visibility is part of the query: pages are full, ids do not get round it") { test in
            for number in 0..<9 {
                try await test.submit(StoreSamples.submission(submitter: number % 3 == 0 ? "anna" : "olga"))
            }
            var query = RequestQuery(limit: 2)
            query.visibility = .comparison(.submitter, .equal, .text("anna"))
            #expect(try await numbers(query, test) == [1, 4])
            query.offset = 2
            #expect(try await numbers(query, test) == [7])
            query.offset = 0
            query.limit = 9
            query.ids = [RequestID(7), RequestID(2), RequestID(1)]
            #expect(try await numbers(query, test) == [7, 1])
            query.filter = .comparison(.requestID, .less, .integer(7))
            #expect(try await numbers(query, test) == [1])
        },
        StoreCheck("requests asked for by number come in the order asked for") { test in
            for _ in 0..<4 { try await test.submit() }
            var query = RequestQuery(limit: 9)
            query.ids = [4, 99, 2, 4, -1].map { RequestID($0) }
            #expect(try await numbers(query, test) == [4, 2, 4])
            query.offset = 1
            query.limit = 1
            #expect(try await numbers(query, test) == [2])
            query.ids = []
            #expect(try await numbers(query, test).isEmpty)
        },
        StoreCheck("orders: either direction, absent last, equals by number") { test in
            for (priority, product) in [(1, nil), (9, "b"), (1, "a"), (5, "b")] as [(Int, String?)] {
                var submission = StoreSamples.submission(priority: priority)
                submission.facts.product = product
                try await test.submit(submission)
            }
            let cases: [(RequestSortOrder, [Int64])] = [
                (.init(.priority), [1, 3, 4, 2]), (.init(.priority, .descending), [2, 4, 1, 3]),
                (.init(.product), [3, 2, 4, 1]), (.init(.product, .descending), [2, 4, 3, 1]),
                (.init(.requestID, .descending), [4, 3, 2, 1]), (.init(.submissionTime, .descending), [1, 2, 3, 4]),
                (.init(.scheduleDefinition, .descending), [1, 2, 3, 4]),
            ]
            for (order, expected) in cases {
                var query = RequestQuery(limit: 9)
                query.order = order
                #expect(try await numbers(query, test) == expected, "\(order)")
            }
        },
        StoreCheck("parameters come where they are wanted, callbacks always") { test in
            try await test.submit(StoreSamples.full())
            var query = RequestQuery(limit: 1)
            let bare = try #require(try await test.store.requests(query).first)
            #expect(bare.parameters.isEmpty)
            #expect(bare.callback == StoreSamples.full().callback)
            query.includesParameters = true
            #expect(try await test.store.requests(query).first?.parameters == StoreSamples.full().parameters)
        },
        StoreCheck("the longest filters that the grammar lets through are answered") { test in
            try await test.submit()
            let part = RequestFilter.comparison(.submissionTime, .greaterOrEqual, .dateTime(test.time.now()))
            let deep = (0..<FilterLimits.nestingMax).reduce(part) { inner, _ in .not(.and([inner, .present(.state)])) }
            for filter in [.and(Array(repeating: part, count: 600)), .or(.init(repeating: part, count: 600)), deep] {
                var query = RequestQuery(filter: filter, limit: 9)
                #expect(try await numbers(query, test) == [1])
                query.visibility = ReadScope(userName: "anna", enterpriseID: 1, isUnlimited: false, rules: []).filter
                #expect(try await numbers(query, test) == [1])
                query.order = RequestSortOrder(.priority)
                #expect(try await numbers(query, test) == [1])
            }
        },
        StoreCheck("random filters find what the evaluator finds") { test in
            let population = try await populate(test)
            var filters = RandomFilters()
            filters.population = population
            var random = SeededRandom(seed: 7)
            var found = 0
            for _ in 0..<600 {
                let filter = filters.filter(&random, depth: 3)
                let expected = population.filter { request in
                    FilterEvaluator { request.value(of: $0) }.matches(filter)
                }
                let actual = try await numbers(RequestQuery(filter: filter, limit: 1000), test)
                #expect(actual == expected.map(\.id.value), "\(filter)")
                found += actual.count
            }
            // Filters that find nothing prove nothing.
            #expect(found > 1000)
            for _ in 0..<300 {
                let query = family(population, filters, &random)
                let expected = page(population, query)
                #expect(try await numbers(query, test) == expected, "\(query)")
                found += expected.count
            }
            #expect(found > 1300)
        },
    ]

    /// Asks for a tree or a run, or for what is somebody's own, also within another filter, in some order.
    private static func family(
        _ population: [JobRequest],
        _ filters: RandomFilters,
        _ random: inout SeededRandom
    ) -> RequestQuery {
        var query = RequestQuery(limit: Int.random(in: 1...20, using: &random))
        let request = random.pick(population)
        let fields: [RequestField] = [.absParentRequestID, .instanceParentID, .parentRequestID, .requestID]
        if random.percent(60), let field = random.pick(fields), let value = request?.value(of: field) {
            query.filter = .comparison(field, .equal, value)
        }
        if random.percent(30) { query.filter = .all(of: [query.filter, filters.filter(&random, depth: 1)]) }
        if random.percent(60), let facts = random.pick(population)?.facts {
            query.visibility =
                ReadScope(
                    userName: random.percent(50) ? facts.submitter : facts.runAsUser,
                    enterpriseID: random.percent(50) ? facts.enterpriseID : nil,
                    isUnlimited: false,
                    rules: []
                )
                .filter
        }
        let field: RequestField = random.percent(70) ? .requestID : .priority
        query.order = RequestSortOrder(field, random.percent(50) ? .ascending : .descending)
        query.offset = Int.random(in: 0...2, using: &random)
        return query
    }

    private static func page(_ population: [JobRequest], _ query: RequestQuery) -> [Int64] {
        let found = population.filter { request in
            let evaluator = FilterEvaluator<RequestField> { request.value(of: $0) }
            return [query.filter, query.visibility].compactMap(\.self).allSatisfy { evaluator.matches($0) }
        }
        let sign: Int64 = query.order.direction == .ascending ? 1 : -1
        let keys = found.map { request in
            query.order.field == .requestID
                ? (sign * request.id.value, request.id.value)
                : (sign * Int64(request.policy.priority), request.id.value)
        }
        return keys.sorted { $0 < $1 }.map(\.1).dropFirst(query.offset).prefix(query.limit).map(\.self)
    }

    private static func numbers(_ query: RequestQuery, _ test: StoreUnderTest) async throws -> [Int64] {
        try await test.store.requests(query).map(\.request.id.value)
    }

    /// Requests of all kinds and in many states.
    private static func populate(_ test: StoreUnderTest) async throws -> [JobRequest] {
        var life = RandomLife(seed: 3)
        for _ in 0..<400 { life.learn(try await life.next(test.time).run(on: test)) }
        return try await test.store.requests(RequestQuery(limit: 1000)).map(\.request)
    }
}
