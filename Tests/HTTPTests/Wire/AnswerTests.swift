import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Answers")
struct AnswerTests {
    private static let base = "https://sched.example.org/ess/rest/scheduler/v1"

    private func answer(_ response: RequestQueryResponse, _ profile: CompatibilityProfile = .documented) -> String {
        wireText(
            response.encoded(
                by: SampleRequests.encoder(profile),
                selection: FieldSelection([.requestId]),
                publicURL: SampleRequests.publicURL
            )
        )
    }

    @Test("C13: the answer to a submit has id, links, requestId")
    func submit() throws {
        let links = LinkBuilder(publicURL: SampleRequests.publicURL, profile: .documented)
        let bytes = SubmitAnswer(lineage: SampleRequests.waiting.lineage).encoded(by: links)
        #expect(
            wireText(bytes).hasPrefix(#"{"id":300010,"links":[{"href":"\#(Self.base)/requests/300010","rel":"self"},"#)
        )
        #expect(wireText(bytes).hasSuffix(#"],"requestId":300010}"#))
        let value = try JSONReader.read(bytes)
        #expect(value.members.map(\.name) == ["id", "links", "requestId"])
        #expect(Array(try #require(value["links"]).elements).count == 9)
    }

    @Test("a page of a query has count, items, links, pageIndex")
    func page() {
        #expect(
            answer(
                RequestQueryResponse(
                    items: [SampleRequests.waiting, SampleRequests.failed],
                    path: "/requests/search/2",
                    pageIndex: 2
                )
            )
                == #"{"count":2,"items":[{"requestId":300010},{"requestId":300012}],"#
                + #""links":[{"href":"\#(Self.base)/requests/search/2","rel":"self"}],"pageIndex":2}"#
        )
    }

    @Test("C27: hasMore only if asked for; an empty answer; the fusion spelling of self")
    func variants() {
        #expect(
            answer(RequestQueryResponse(items: [], path: "/requests", hasMore: false))
                == #"{"count":0,"hasMore":false,"items":[],"links":[{"href":"\#(Self.base)/requests","rel":"self"}]}"#
        )
        #expect(
            answer(RequestQueryResponse(items: [], path: "/requests"), .fusion)
                == #"{"count":0,"items":[],"links":[{"href":"https://sched.example.org:443"#
                + #"/ess/rest/scheduler/v1/requests","rel":"SELF"}]}"#
        )
    }

    @Test("C28: several ids give a batch with one entry each")
    func batch() {
        let response = RequestQueryResponse(
            items: [SampleRequests.waiting],
            path: "/requests",
            batch: [
                .found(SampleRequests.waiting), .refused(5, SchedulerError(1001, "5")),
                .refused(6, SchedulerError(2003, "bob", "6")),
            ]
        )
        let notFound =
            #"{"error":{"detail":"ESS-01001: Request ID 5 not found.","errorCode":"ESS-01001","status":404,"#
            + #""title":"Request ID not found","type":"https://sched.example.org/errors/ESS-01001"},"id":5,"status":404}"#
        let forbidden =
            #"{"error":{"detail":"ESS-02003: User bob may not read request 6 of another user.","#
            + #""errorCode":"ESS-02003","status":403,"title":"Not authorized","#
            + #""type":"https://sched.example.org/errors/ESS-02003"},"id":6,"status":403}"#
        #expect(
            answer(response)
                == #"{"batch":[{"id":300010,"request":{"requestId":300010},"status":200},\#(notFound),\#(forbidden)],"#
                + #""count":1,"items":[{"requestId":300010}],"#
                + #""links":[{"href":"\#(Self.base)/requests","rel":"self"}]}"#
        )
    }

    @Test("C1: the root has one version whose links name every entry point")
    func root() throws {
        let links = LinkBuilder(publicURL: SampleRequests.publicURL, profile: .documented)
        let value = try JSONReader.read(RootResource().encoded(by: links))
        #expect(value.members.map(\.name) == ["items", "links"])
        let items = Array(try #require(value["items"]).elements)
        #expect(items.count == 1)
        #expect(items[0]["version"]?.string == "v1")
        let entries = Array(try #require(items[0]["links"]).elements)
        #expect(
            entries.compactMap { $0["rel"]?.string }
                == ["self", "requests", "search", "query", "submit", "submitArgs", "quiesceState"]
        )
        #expect(
            entries.compactMap { $0["href"]?.string?.dropFirst(Self.base.count) }.map(String.init)
                == [
                    "", "/requests", "/requests/search/{pageIndex}", "/query/{application}/requests", "/requests",
                    "/requests/submitArgs", "/server/quiesceState",
                ]
        )
        #expect(entries.map { $0["templated"]?.bool } == [false, false, true, true, false, false, false])
        #expect(entries[4]["method"]?.string == "POST")
        let own = Array(try #require(value["links"]).elements)
        #expect(own.map { $0["href"]?.string } == [Self.base])
    }
}
