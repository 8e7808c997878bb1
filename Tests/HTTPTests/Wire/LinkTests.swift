import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Links")
struct LinkTests {
    private static let documentedBase = "https://sched.example.org/ess/rest/scheduler/v1"
    private static let fusionBase = "https://sched.example.org:443/ess/rest/scheduler/v1"

    private let documented = LinkBuilder(publicURL: "https://sched.example.org", profile: .documented)
    private let fusion = LinkBuilder(publicURL: "https://sched.example.org", profile: .fusion)

    private let root = RequestLineage(
        requestId: RequestID(7),
        parentRequestId: nil,
        absParentRequestId: RequestID(7),
        instanceParentId: nil
    )
    private let step = RequestLineage(
        requestId: RequestID(9),
        parentRequestId: RequestID(8),
        absParentRequestId: RequestID(7),
        instanceParentId: RequestID(6)
    )

    private func pairs(_ links: [Link], _ base: String) -> [String] {
        links.map { "\($0.rel) \($0.href.hasPrefix(base) ? String($0.href.dropFirst(base.count)) : $0.href)" }
    }

    @Test("C9: documented rels, in order, absent parents left out")
    func documentedLinks() {
        #expect(
            pairs(documented.links(of: step), Self.documentedBase) == [
                "self /requests/9", "parentRequest /requests/8", "absParentRequest /requests/7",
                "instanceParent /requests/6", "cancel /requests/9/cancel", "forceCancel /requests/9/forceCancel",
                "hold /requests/9/hold", "release /requests/9/release", "subscribe /requests/9/subscribe",
                "permissions /requests/9/permissions", "executionStatus /requests/9/executionStatus",
            ]
        )
        #expect(
            pairs(documented.links(of: root), Self.documentedBase) == [
                "self /requests/7", "absParentRequest /requests/7", "cancel /requests/7/cancel",
                "forceCancel /requests/7/forceCancel", "hold /requests/7/hold", "release /requests/7/release",
                "subscribe /requests/7/subscribe", "permissions /requests/7/permissions",
                "executionStatus /requests/7/executionStatus",
            ]
        )
    }

    @Test("C9: fusion rels, all eleven always, absent parents -1 and 0, port explicit")
    func fusionLinks() {
        let relations = [
            "SELF /requests/7", "CANCEL /requests/7/cancel", "HOLD /requests/7/hold", "RELEASE /requests/7/release",
            "ABSPARENTREQUEST /requests/7", "PARENTREQUEST /requests/-1", "INSTANCEPARENT /requests/0",
            "FORCECANCEL /requests/7/forceCancel", "PERMISSIONS /requests/7/permissions",
            "SUBSCRIBE /requests/7/subscribe", "EXECUTIONSTATUS /requests/7/executionStatus",
        ]
        #expect(pairs(fusion.links(of: root), Self.fusionBase) == relations)
        #expect(
            pairs(fusion.links(of: step), Self.fusionBase)[4...6]
                == ["ABSPARENTREQUEST /requests/7", "PARENTREQUEST /requests/8", "INSTANCEPARENT /requests/6"]
        )
    }

    @Test("what is written is what is described")
    func writtenLinks() {
        for builder in [documented, fusion] {
            for lineage in [root, step] {
                for filter in [
                    LinkFilter.all, builder.actionAnswer, LinkFilter(query: "hold"), LinkFilter(relations: []),
                ] {
                    var fast = JSONWriter()
                    builder.write(lineage, filter: filter, to: &fast)
                    var plain = JSONWriter()
                    plain.beginArray()
                    for link in builder.links(of: lineage, filter: filter) { link.write(to: &plain) }
                    plain.endArray()
                    #expect(wireText(fast.bytes) == wireText(plain.bytes))
                }
            }
        }
    }

    @Test("C42: a documented action answer has only links, exactly eight, self first")
    func documentedActionAnswer() {
        let links = [
            "", "/cancel", "/forceCancel", "/hold", "/release", "/subscribe", "/permissions", "/executionStatus",
        ]
        .map { operation in
            let rel = operation.isEmpty ? "self" : String(operation.dropFirst())
            return #"{"href":"\#(Self.documentedBase)/requests/9\#(operation)","rel":"\#(rel)"}"#
        }
        #expect(
            wireText(ActionAnswer(lineage: step).encoded(by: documented))
                == #"{"links":[\#(links.joined(separator: ","))]}"#
        )
    }

    @Test("C42: a fusion action answer has all eleven links, self first")
    func fusionActionAnswer() throws {
        let value = try JSONReader.read(ActionAnswer(lineage: step).encoded(by: fusion))
        #expect(value.members.map(\.name) == ["links"])
        let relations = try #require(value["links"]).elements.compactMap { $0["rel"]?.string }
        #expect(relations == fusion.links(of: step).map(\.rel))
        #expect(relations.count == 11)
    }

    @Test("C24: links narrows to the named relations, in any case, unknown ones ignored")
    func filter() {
        #expect(
            pairs(documented.links(of: step, filter: LinkFilter(query: "cancel")), Self.documentedBase)
                == ["cancel /requests/9/cancel"]
        )
        #expect(
            pairs(fusion.links(of: step, filter: LinkFilter(query: "Hold,nonsense,SELF")), Self.fusionBase)
                == ["SELF /requests/9", "HOLD /requests/9/hold"]
        )
        #expect(documented.links(of: step, filter: LinkFilter(query: "nonsense")).isEmpty)
        #expect(LinkFilter(query: nil) == .all)
        #expect(LinkFilter(query: " ") == .all)
        #expect(LinkFilter(query: #""cancel, hold""#) == LinkFilter(relations: [.cancel, .hold]))
    }

    @Test(
        "the public URL may end in slashes; the fusion profile names the port",
        arguments: [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://h.example/", "https://h.example", "https://h.example:443"),
            ("http://h.example//", "http://h.example", "http://h.example:80"),
            ("https://h.example/sub/path/", "https://h.example/sub/path", "https://h.example:443/sub/path"),
            ("https://[::1]", "https://[::1]", "https://[::1]:443"),
            ("https://[::1]:9/x", "https://[::1]:9/x", "https://[::1]:9/x"),
        ]
    )
    func publicURLs(url: String, documented: String, fusion: String) {
        #expect(LinkBuilder(publicURL: url, profile: .documented).baseURL == documented + "/ess/rest/scheduler/v1")
        #expect(LinkBuilder(publicURL: url, profile: .fusion).baseURL == fusion + "/ess/rest/scheduler/v1")
    }

    @Test("Location is the URL of the request")
    func location() {
        #expect(documented.href(of: RequestID(300_010)) == Self.documentedBase + "/requests/300010")
    }
}
