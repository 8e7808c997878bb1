import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// Operations 2, 3 and 4.
@Suite("Lists: C26, C27, C29, C33", .ownStores)
struct ListTests {
    private static let collection = TestServer.publicURL + TestServer.base

    @Test("C26 450 requests: pages of 200, 200, 50 and 0, ascending, without overlap, each with its number and link")
    func pages() async throws {
        let server = try await TestServer()
        for _ in 0..<450 { _ = try await server.submit() }
        for base in ["requests/search/", "query/Escapement/requests?pageIndex="] {
            var found: [String] = []
            for (page, count) in [(1, 200), (2, 200), (3, 50), (4, 0), (Int(Int32.max), 0)] {
                let reply = try await server.call(.get, "\(base)\(page)")
                reply.expect(200)
                #expect(reply.ids.count == count && reply.member("count") == "\(count)")
                #expect(reply.member("pageIndex") == "\(page)")
                #expect(reply.memberNames == ["count", "items", "links", "pageIndex"])
                #expect(reply.relations == ["self"])
                let path = base.contains("?") ? "query/Escapement/requests" : "requests/search/\(page)"
                #expect(reply.hrefs == ["\(Self.collection)/\(path)"])
                found += reply.ids
            }
            #expect(found == (1...450).map { String($0) })
        }
        for path in ["requests", "query/Escapement/requests"] {
            let first = try await server.call(.get, path)
            #expect(first.ids == (1...200).map { String($0) })
            #expect(first.member("pageIndex") == "1" && first.memberNames.contains("hasMore") == false)
            #expect(first.hrefs == ["\(Self.collection)/\(path)"])
        }
    }

    @Test(
        "C26 a page below 1 or beyond int32 is ESS-05005, what is no integer ESS-05009",
        arguments: ["requests/search/", "query/Escapement/requests?pageIndex="]
    )
    func badPages(base: String) async throws {
        let server = try await TestServer()
        for page in ["0", "-1", "2147483648", "-9223372036854775808"] {
            try await server.call(.get, base + page).expectError(400, "ESS-05005")
        }
        for page in ["x", "1.5", "%2B1", "9223372036854775808"] {
            try await server.call(.get, base + page).expectError(400, "ESS-05009")
        }
    }

    @Test(
        "C27 limit and offset replace paging and bring hasMore",
        arguments: ["requests", "query/Escapement/requests"]
    )
    func window(path: String) async throws {
        let server = try await TestServer()
        for _ in 0..<207 { _ = try await server.submit() }
        let middle = try await server.call(.get, "\(path)?limit=100&offset=100")
        #expect(middle.ids == (101...200).map { String($0) })
        #expect(middle.member("hasMore") == "true")
        #expect(middle.memberNames == ["count", "hasMore", "items", "links"])
        let exact = try await server.call(.get, "\(path)?limit=107&offset=100")
        #expect(exact.ids.count == 107 && exact.member("hasMore") == "false")
        let last = try await server.call(.get, "\(path)?offset=206")
        #expect(last.ids == ["207"] && last.member("hasMore") == "false")
        #expect(try await server.call(.get, "\(path)?limit=7&offset=300").ids.isEmpty)
        #expect(try await server.call(.get, path).member("hasMore") == nil)
        for query in ["limit=501", "limit=0", "limit=-1", "offset=-1"] {
            try await server.call(.get, "\(path)?\(query)").expectError(400, "ESS-05005")
        }
        for query in ["limit=x", "limit=", "offset=1.5", "offset=9223372036854775808", "limit=%2B5"] {
            try await server.call(.get, "\(path)?\(query)").expectError(400, "ESS-05009")
        }
    }

    @Test("C27 a search by page knows neither limit nor offset, and only GET requests knows id")
    func parametersOfOthers() async throws {
        let server = try await TestServer()
        for _ in 0..<3 { _ = try await server.submit() }
        let page = try await server.call(.get, "requests/search/1?limit=x&offset=-1&id=x&pageIndex=0")
        #expect(page.ids == ["1", "2", "3"] && page.member("pageIndex") == "1")
        let other = try await server.call(.get, "query/Escapement/requests?id=x")
        #expect(other.ids == ["1", "2", "3"])
        #expect(try await server.call(.get, "requests?pageIndex=0").ids.count == 3)
    }

    @Test("C29 all 43 fields filter and order in every list; the list of an application refuses application")
    func fields() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let request = try await server.stored(id)
        for field in RequestField.allCases {
            let isPresent = request.value(of: field) != nil
            for path in ["requests", "requests/search/1"] {
                let found = try await server.call(.get, "\(path)?q=\(field.rawValue)+pr&orderBy=\(field.rawValue):desc")
                found.expect(200)
                #expect(found.ids.isEmpty == !isPresent, "\(field)")
            }
            let path = "query/Escapement/requests"
            let filtered = try await server.call(.get, "\(path)?q=\(field.rawValue)+pr")
            let ordered = try await server.call(.get, "\(path)?orderBy=\(field.rawValue)")
            if field == .application {
                filtered.expectError(400, "ESS-05011")
                ordered.expectError(400, "ESS-05014")
            } else {
                #expect(filtered.ids.isEmpty == !isPresent, "\(field)")
                #expect(ordered.ids == [id.description], "\(field)")
            }
        }
        #expect(RequestField.allCases.count == 43)
    }

    @Test("C29 each of the 43 shows, finds and orders by one and the same value")
    func values() async throws {
        let server = try await TestServer()
        server.catalogue.current = GoldenCatalogue.catalogue
        for state in [RequestState.finished, .paused, .cancelled, .error, .warning, .running] {
            _ = try await server.request(in: state)
            server.time.advance(by: .seconds(7))
        }
        for (category, priority) in [("b", 9), ("a", 1), ("B", 1)] {
            let more =
                #","description":"d\#(priority)","product":"p","requestCategory":"\#(category)","priority":\#(priority)"#
            let times = #","startTime":"2031-01-0\#(priority)T00:00Z","endTime":"2032-01-01T00:00Z""#
            let body = #"{"jobDefinitionId":"acme/gl/Ledger"\#(more)\#(times)}"#
            try await server.call(.post, "requests", as: "anna", body: body).expect(201)
        }
        let recurring = #"{"jobDefinitionId":"acme/gl/Report","scheduleId":"acme/gl/Daily"}"#
        try await server.call(.post, "requests", body: recurring).expect(201)
        let requests = try await server.requests()
        for field in RequestField.allCases {
            let items = try await server.call(.get, "requests?fields=\(field.rawValue)").json["items"]?.elements
            let shown = items?.map { $0[field.rawValue]?.scalarText }
            // What runs has run longer than is stored.
            if field != .elapsedTime {
                #expect(shown == requests.map { $0.value(of: field)?.wireText }, "\(field)")
            }
            for value in Set(requests.compactMap { $0.value(of: field) }) {
                let filter = RequestFilter.comparison(field, .equal, value).description
                let found = try await server.call(.get, "requests?q=\(PercentEncoding.encoded(filter))")
                let expected = requests.filter { $0.value(of: field) == value }.map(\.id.description)
                #expect(found.ids == expected, "\(filter)")
            }
            for direction in ["asc", "desc"] {
                let order = try RequestSortOrder(parsing: "\(field.rawValue):\(direction)")
                let expected = requests.sorted {
                    order.precedes($0.value(of: field), $1.value(of: field)) ?? ($0.id < $1.id)
                }
                let found = try await server.call(.get, "requests/search/1?orderBy=\(field.rawValue):\(direction)")
                #expect(found.ids == expected.map(\.id.description), "\(field) \(direction)")
            }
        }
        let absent = RequestField.allCases.filter { field in requests.allSatisfy { $0.value(of: field) == nil } }
        #expect(absent == [.submitterFlowID, .requestFlowID, .externalID], "fields that no request of the test has")
    }

    @Test("C29 the list of an application has its requests alone, with filter and order of the caller")
    func ofApplication() async throws {
        let server = try await TestServer()
        for (application, priority) in [("Gl", 3), ("Ap", 9), ("Gl", 5), ("gl", 1)] {
            let body = #"{"jobDefinitionId":"acme/Sync","application":"\#(application)","priority":\#(priority)}"#
            try await server.call(.post, "requests", body: body).expect(201)
        }
        #expect(try await server.call(.get, "query/Gl/requests?orderBy=priority:desc").ids == ["3", "1"])
        #expect(try await server.call(.get, "query/Gl/requests?q=priority+gt+3+or+priority+eq+9").ids == ["3"])
        #expect(try await server.call(.get, "query/Gl/requests/?fields=requestId,application").text.contains("Gl"))
        let blank = #"{"jobDefinitionId":"acme/Sync","application":"Größe/1 &"}"#
        try await server.call(.post, "requests", body: blank).expect(201)
        let odd = try await server.call(.get, "query/Gr%C3%B6%C3%9Fe%2f1%20&/requests")
        #expect(odd.ids == ["5"])
        #expect(odd.hrefs == ["\(Self.collection)/query/Gr%C3%B6%C3%9Fe%2F1%20%26/requests"])
    }

    @Test("An application is known by an object, a request or a node that names it, else it is ESS-03005")
    func unknownApplication() async throws {
        let server = try await TestServer()
        for name in ["Nonsense", "gl", "%20", ""] {
            let missing = try await server.call(.get, "query/\(name)/requests")
            missing.expectError(404, "ESS-03005")
            #expect(missing.member("title") == "Not found")
        }
        // By the configuration, a definition, what a definition runs as.
        for name in ["Escapement", "Gl", "Books"] {
            let empty = try await server.call(.get, "query/\(name)/requests")
            empty.expect(200)
            #expect(empty.ids.isEmpty && empty.member("count") == "0")
        }
        try await server.turn()
        try await server.store.publish(NodeOffer(applications: ["Payroll"], threads: 1), of: server.node.record.id)
        try await server.call(.get, "query/Payroll/requests").expect(200)
        // A bad query is told before that.
        try await server.call(.get, "query/Nonsense/requests?q=state").expectError(400, "ESS-05010")
        try await server.call(.get, "query/Nonsense/requests?pageIndex=0").expectError(400, "ESS-05005")
    }

    @Test("C33 unreadable and deleted requests never appear in any list")
    func visibility() async throws {
        let server = try await TestServer()
        func submit(_ user: String) async throws -> String {
            let body = #"{"jobDefinitionId":"acme/Sync","application":"Ap"}"#
            return try #require(try await server.call(.post, "requests", as: user, body: body).member("id"))
        }
        let foreign = try await submit("bert")
        for path in ["requests", "requests/search/1", "query/Ap/requests"] {
            let empty = try await server.call(.get, "\(path)?nonsense=1")
            empty.expect(200)
            #expect(empty.ids.isEmpty)
        }
        let own = try await submit("anna")
        let deleted = try await submit("anna")
        try await server.call(.post, "requests/\(deleted)/cancel").expect(200)
        try await server.call(.delete, "requests/\(deleted)").expect(204)
        for path in ["requests", "requests/search/1", "query/Ap/requests"] {
            #expect(try await server.call(.get, path).ids == [own])
            #expect(try await server.call(.get, path, as: "olga").ids == [foreign, own])
            #expect(try await server.call(.get, path, as: "nina").ids.isEmpty)
        }
    }

    @Test("ESS-06003: a list that took the store too long is 503 with Retry-After, and names the limit")
    func tookTooLong() async throws {
        let server = try await TestServer()
        server.failLists(.timedOut(after: .seconds(30)))
        for path in ["requests?q=description+co+'x'", "requests/search/1", "query/Escapement/requests"] {
            let reply = try await server.call(.get, path)
            reply.expectError(503, "ESS-06003")
            #expect(reply.member("detail") == "ESS-06003: The query took longer than 30 s.")
            #expect(reply.fields[.retryAfter] != nil)
        }
        server.heal()
        try await server.call(.get, "requests").expect(200)
    }
}

extension FilterValue {
    /// As it stands in an answer.
    fileprivate var wireText: String {
        switch self {
        case .integer(let number): String(number)
        case .dateTime(let instant): instant.description
        case .text(let text): text
        case .boolean(let flag): String(flag)
        }
    }
}
