import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Media types")
struct ContentNegotiationTests {
    private static let resource = "application/vnd.oracle.resource+json"

    @Test(
        "C6: the answer's type follows Accept",
        arguments: [
            (nil, .json), ("", .json), ("*/*", .json), ("application/*", .json), ("application/json", .json),
            ("APPLICATION/JSON", .json), ("application/json;charset=utf-8", .json),
            ("application/json;charset=latin1", .json), (resource, .resource), ("\(resource);type=singular", .resource),
            ("\(resource), application/json", .json), ("\(resource), application/json;q=0.9", .resource),
            ("application/json;q=0.1, \(resource);q=0.2", .resource), ("\(resource), */*", .resource),
            ("\(resource);q=0.5, */*", .json), ("\(resource);q=0.5, */*;q=0.4", .resource),
            ("application/json;q=0, */*", .resource), ("application/json;q=0.0, application/*", .resource),
            ("text/html, */*;q=0.1", .json), ("text/html;x=\"a,b;c\",\(resource)", .resource),
            ("application/json ; q=1.000", .json), ("application/json;q=high", .json),
            (" application/json ", .json),
        ] as [(String?, MediaType)]
    )
    func accept(accept: String?, expected: MediaType) throws {
        #expect(try ContentNegotiation.responseType(accept: accept) == expected)
        #expect(ContentNegotiation.errorType(accept: accept) == expected)
    }

    @Test(
        "C5: nothing acceptable is ESS-05022, and the error itself is JSON",
        arguments: [
            "text/plain", "text/html, text/*", "*/*;q=0", "application/json;q=0", "application/xml,", "json", ";q=1",
        ]
    )
    func nothingAcceptable(accept: String) {
        #expect(throws: SchedulerError(5022, accept)) { try ContentNegotiation.responseType(accept: accept) }
        #expect(ContentNegotiation.errorType(accept: accept) == .json)
    }

    @Test("C6: each kind of answer has its parameters, errors have none")
    func contentTypes() {
        let json = Representation.allCases.map { MediaType.json.contentType(of: $0) }
        let utf8 = "application/json;charset=utf-8"
        #expect(json == ["application/json", utf8, utf8, utf8])
        let resource = Representation.allCases.map { MediaType.resource.contentType(of: $0) }
        let name = Self.resource
        #expect(resource == [name, "\(name);type=singular", "\(name);type=collection", name])
        #expect(MediaType.json.errorContentType == "application/json")
        #expect(MediaType.resource.errorContentType == name)
    }

    @Test(
        "C7: bodies of both types in UTF-8, and without type",
        arguments: [
            nil, "application/json", "Application/JSON; Charset=\"UTF-8\"", "application/json;charset=utf8", resource,
            "\(resource);type=singular", "application/json; x=y", "",
        ] as [String?]
    )
    func bodies(contentType: String?) throws {
        try ContentNegotiation.checkBody(contentType: contentType)
    }

    @Test(
        "C7: other types and charsets are ESS-05024",
        arguments: [
            "text/xml", "application/xml", "text/json", "application/json;charset=iso-8859-1",
            "application/json;charset=utf-16", "application/x-www-form-urlencoded", "*/*",
        ]
    )
    func foreignBodies(contentType: String) {
        #expect(throws: SchedulerError(5024, contentType)) {
            try ContentNegotiation.checkBody(contentType: contentType)
        }
    }
}
