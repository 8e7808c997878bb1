import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Reads: C22 to C25, C28, C30 to C33", .ownStores)
struct ReadTests {
    @Test("C22 one request has its parameters; a query only where they are asked for")
    func parameters() async throws {
        let server = try await TestServer()
        let id = try await server.submit("Typed")
        let one = try await server.call(.get, "requests/\(id)")
        let names = try #require(one.json["requestParameters"]).elements.compactMap { $0["name"]?.string }
        #expect(names.contains("count"))
        for (query, expected) in [
            ("", false), ("?fields=@full", true), ("?fields=@basic", false), ("?fields=requestParameters", true),
            ("?fields=@full&excludeFields=requestParameters", false),
        ] {
            let reply = try await server.call(.get, "requests\(query)")
            let item = try #require(reply.json["items"]?.elements.first { _ in true })
            #expect((item["requestParameters"] != nil) == expected, "\(query)")
        }
    }

    @Test("C23 foreign is 403, unknown and deleted 404, no integer 400")
    func refusals() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .succeeded)
        try await server.call(.get, "requests/\(id)", as: "bert").expectError(403, "ESS-02003")
        try await server.call(.get, "requests/\(id)", as: "olga").expect(200)
        try await server.call(.get, "requests/\(id)", as: "adam").expect(200)
        try await server.call(.delete, "requests/\(id)").expect(204)
        for path in ["\(id)", "0", "-1", "777"] {
            try await server.call(.get, "requests/\(path)").expectError(404, "ESS-01001")
        }
        for path in ["abc", "9223372036854775808", "1.5", "%20"] {
            try await server.call(.get, "requests/\(path)").expectError(400, "ESS-05009")
        }
    }

    @Test("C24 links and fields narrow, unknown names are ignored")
    func selection() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        #expect(try await server.call(.get, "requests/\(id)?links=cancel").relations == ["cancel"])
        #expect(
            try await server.call(.get, "requests/\(id)?links=CANCEL,nonsense,hold").relations == ["cancel", "hold"]
        )
        let one = try await server.call(.get, "requests/\(id)?fields=requestId,nonsense&nonsense=1")
        #expect(one.memberNames == ["requestId"])
        #expect(
            try await server.call(.get, "requests/\(id)?fields=%22state%2CrequestId%22").memberNames == [
                "requestId", "state",
            ]
        )
    }

    @Test("C25 elapsedTime of what never ran is absent, in fusion -999")
    func elapsedTime() async throws {
        for (profile, expected) in [(CompatibilityProfile.documented, nil), (.fusion, "-999")] {
            let server = try await TestServer(profile: profile)
            let id = try await server.submit()
            #expect(try await server.call(.get, "requests/\(id)").member("elapsedTime") == expected)
            try await server.start(id)
            server.time.advance(by: .seconds(5))
            #expect(try await server.call(.get, "requests/\(id)").member("elapsedTime") == "5000")
        }
    }

    @Test("C28 by id: items are the readable ones, batch tells about all")
    func batch() async throws {
        let server = try await TestServer()
        let own = try await server.submit()
        let foreign = try await server.submit(as: "bert")
        let reply = try await server.call(.get, "requests?id=\(foreign),\(own),99,\(own)&limit=1")
        #expect(reply.ids == [own.description])
        #expect(reply.member("count") == "1")
        let batch = try #require(reply.json["batch"]).elements.map { ($0["id"]?.scalarText, $0["status"]?.scalarText) }
        #expect(batch.map(\.0) == [foreign.description, own.description, "99"])
        #expect(batch.map(\.1) == ["403", "200", "404"])
        let errors = try #require(reply.json["batch"]).elements.compactMap { $0["error"]?["errorCode"]?.string }
        #expect(errors == ["ESS-02003", "ESS-01001"])
        #expect(reply.member("pageIndex") == nil && reply.member("hasMore") == nil)
        let single = try await server.call(.get, "requests?id=\(own)")
        #expect(try single.json["batch"] == nil && single.ids == [own.description])
        try await server.call(.get, "requests?id=1&q=state+eq+'WAIT'").expectError(400, "ESS-05016")
        for query in ["id=", "id=1,,2", "id=a", "id=9223372036854775808"] {
            try await server.call(.get, "requests?\(query)").expectError(400, "ESS-05009")
        }
        let many = (1...501).map { String($0) }.joined(separator: ",")
        try await server.call(.get, "requests?id=\(many)").expectError(400, "ESS-05008")
    }

    @Test("C30 filters: precedence, parentheses, any case, single quotes, plus as blank")
    func filters() async throws {
        let server = try await TestServer()
        let first = try await server.submit("Sync")
        let second = try await server.request(in: .cancelled)
        let third = try await server.request(in: .hold)
        for (filter, expected) in [
            ("state+eq+'WAIT'", [first]), ("state%20EQ%20%22hold%22", [third]),
            ("state+eq+'WAIT'+or+state+eq+'HOLD'+and+requestId+gt+\(second)", [first, third]),
            ("(state+eq+'WAIT'+or+state+eq+'HOLD')+AND+requestId+gt+\(second)", [third]),
            ("not+(state+eq+'WAIT')", [second, third]), ("jobDefinitionId+eq+'acme/Sync'", [first]),
            ("submitter+sw+'an'+and+requestId+le+\(second)", [first, second]),
            ("completedTime+pr", [second]), ("submissionTime+gt+'2031-01-01T00:00Z'", []),
        ] {
            #expect(
                try await server.call(.get, "requests?q=\(filter)").ids == expected.map(\.description),
                "\(filter)"
            )
        }
    }

    @Test("C31, C32 what is wrong with q and orderBy has its own code")
    func badQueries() async throws {
        let server = try await TestServer()
        for (query, code, position) in [
            ("q=state+eq", "ESS-05010", 9), ("q=", "ESS-05010", 1), ("q=nonsense+eq+1", "ESS-05011", 1),
            ("q=priority+co+1", "ESS-05012", 10), ("q=state+eq+'NONSENSE'", "ESS-05013", 10),
            ("q=(description+eq+'%C3%BC%F0%9F%98%80'+or+x+pr)", "ESS-05011", 25),
            ("q=description+eq+%22a%22+%22b%22", "ESS-05010", 20),
            ("q=priority+eq+'x'", "ESS-05013", 13), ("q=isTimedOut+gt+true", "ESS-05012", 12),
        ] {
            for path in ["requests", "requests/search/1", "query/Escapement/requests"] {
                let reply = try await server.call(.get, "\(path)?\(query)")
                reply.expectError(400, code)
                #expect(reply.member("detail")?.hasSuffix(" at position \(position).") == true, "\(reply.text)")
            }
        }
        for (query, code) in [
            ("q=\(String(repeating: "(", count: 60))", "ESS-05018"), ("orderBy=nonsense", "ESS-05014"),
            ("orderBy=state:up", "ESS-05015"), ("q=%00", "ESS-05028"), ("q=%FF", "ESS-05028"), ("%FF=1", "ESS-05028"),
        ] {
            try await server.call(.get, "requests?\(query)").expectError(400, code)
        }
        try await server.call(.get, "requests/%FF").expectError(400, "ESS-05028")
        try await server.call(.get, "requests/1%00").expectError(400, "ESS-05028")
    }

    @Test("C32 only the first orderBy counts, ties by number")
    func order() async throws {
        let server = try await TestServer()
        for priority in [3, 9, 3, 5] {
            let body = #"{"jobDefinitionId":"acme/Sync","priority":\#(priority)}"#
            try await server.call(.post, "requests", body: body).expect(201)
        }
        for (order, expected) in [
            ("priority", ["1", "3", "4", "2"]), ("priority:desc", ["2", "4", "1", "3"]),
            ("priority:DESC,requestId:desc,nonsense", ["2", "4", "1", "3"]), ("requestId:desc", ["4", "3", "2", "1"]),
        ] {
            #expect(try await server.call(.get, "requests?orderBy=\(order)").ids == expected, "\(order)")
        }
    }

    @Test("C33 unreadable and deleted requests never appear; unknown parameters change nothing")
    func visibility() async throws {
        let server = try await TestServer()
        let own = try await server.submit()
        let foreign = try await server.submit(as: "bert")
        let deleted = try await server.request(in: .cancelled)
        try await server.call(.delete, "requests/\(deleted)").expect(204)
        #expect(try await server.call(.get, "requests?nonsense=1&pageIndex=x").ids == [own.description])
        #expect(try await server.call(.get, "requests", as: "olga").ids == [own.description, foreign.description])
        #expect(try await server.call(.get, "requests", as: "nina").ids.isEmpty)
    }

    @Test("Logs: the last lines, a range, and only for readers")
    func logs() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let path = "/api/v1/requests/\(id)/log"
        let empty = try await server.call(.get, path)
        empty.expect(200)
        #expect(empty.body.isEmpty)
        let text = (1...1200).map { "line \($0)\n" }.joined()
        server.content.setLog(text, of: id)
        let standard = try await server.call(.get, path)
        #expect(standard.text == (201...1200).map { "line \($0)\n" }.joined())
        #expect(standard.fields[.contentType] == "text/plain; charset=utf-8")
        #expect(try await server.call(.get, path + "?tail=2").text == "line 1199\nline 1200\n")
        #expect(try await server.call(.get, path + "?tail=0").text.isEmpty)
        #expect(try await server.call(.get, path + "?tail=5000").text == text)
        let range = try await server.call(.get, path, [.range: "bytes=0-5"])
        range.expect(206)
        #expect(range.text == "line 1")
        #expect(range.fields[.contentRange] == "bytes 0-5/\(text.utf8.count)")
        #expect(try await server.call(.get, path, [.range: "bytes=-5"]).text == "1200\n")
        #expect(try await server.call(.get, path, [.range: "bytes=0-"]).text == text)
        let beyond = try await server.call(.get, path, [.range: "bytes=99999-"])
        beyond.expectError(416, "ESS-32003")
        #expect(beyond.fields[.contentRange] == "bytes */\(text.utf8.count)")
        try await server.call(.get, path + "?tail=x").expectError(400, "ESS-05009")
        try await server.call(.get, path, as: "bert").expectError(403, "ESS-02003")
        try await server.call(.get, path, as: "olga").expect(200)
        try await server.call(.get, "/api/v1/requests/99/log").expectError(404, "ESS-01001")
        try await server.call(.get, "/api/v1/requests/x/log").expectError(400, "ESS-05009")
        server.content.setLog("no end", of: id)
        #expect(try await server.call(.get, path + "?tail=1").text == "no end")
    }

    @Test("A tail longer than one chunk is put together in order")
    func longTail() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let lines = (1...9000).map { "\($0) \(String(repeating: "x", count: 60))\n" }
        server.content.setLog(lines.joined(), of: id)
        let reply = try await server.call(.get, "/api/v1/requests/\(id)/log?tail=8500")
        #expect(reply.text == lines.suffix(8500).joined())
    }

    @Test("Outputs: listed, sent as text or to be saved, for those who may read output")
    func outputs() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let path = "/api/v1/requests/\(id)/outputs"
        server.content.setOutput(Array("häuser\n".utf8), name: "a.csv", of: id)
        server.content.setOutput([0, 1, 2, 255], name: "b.bin", of: id)
        let list = try await server.call(.get, path)
        list.expect(200)
        let items = try #require(list.json["items"]).elements.map {
            [$0["name"]?.string, $0["size"]?.scalarText, $0["contentType"]?.string]
        }
        #expect(items == [["a.csv", "8", "TEXT_OUTPUT"], ["b.bin", "4", "BINARY_OUTPUT"]])
        let text = try await server.call(.get, path + "/a.csv")
        #expect(text.text == "häuser\n")
        #expect(text.fields[.contentType] == "text/plain; charset=utf-8")
        let binary = try await server.call(.get, path + "/b.bin")
        #expect(binary.body == [0, 1, 2, 255])
        #expect(binary.fields[.contentDisposition] == #"attachment; filename="b.bin""#)
        #expect(binary.fields[.xContentTypeOptions] == "nosniff")
        #expect(try await server.call(.get, path + "/b.bin", [.range: "bytes=1-2"]).body == [1, 2])
        for name in ["missing", "..", "%2E%2E%2Fpasswd", "a%20b"] {
            try await server.call(.get, path + "/" + name).expectError(404, "ESS-05020")
        }
        try await server.call(.get, path, as: "olga").expectError(403, "ESS-02004")
        try await server.call(.get, path, as: "adam").expectError(403, "ESS-02004")
        try await server.call(.get, path, as: "bert").expectError(403, "ESS-02003")
    }
}
