import Foundation
import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Import of Oracle's XML over REST", .ownStores, .timeLimit(.minutes(2)))
struct MetadataImportTests {
    private static let schedule = """
        <?xml version = '1.0' encoding = 'UTF-16'?>
        <schedule name="job 4Hourly_schedule" xmlns="http://xmlns.oracle.com/scheduler">
          <recurrence>
            <count>0</count>
            <ical-expression>FREQ=HOURLY;BYMINUTE=30;INTERVAL=1;</ical-expression>
          </recurrence>
          <hint level="7"/>
        </schedule>
        """
    private static let xml: HTTPFields = [.contentType: "application/xml"]

    private let server: MetadataServer

    init() async throws { server = try await MetadataServer() }

    private static func definition(_ name: String, _ parameters: String = "") -> String {
        #"<job-definition name="\#(name)" job-type="/oracle/as/ess/core/ProcessJobType"><parameter-list>"#
            + #"<parameter name="SYS_cmdLine" data-type="string">/bin/true</parameter>\#(parameters)"#
            + "</parameter-list></job-definition>"
    }

    private func send(_ query: String, _ text: String, as user: String = "adam") async throws -> Reply {
        try await server.call(.post, "import\(query)", as: user, body: text, fields: Self.xml)
    }

    private static func report(_ reply: Reply) throws -> [String] {
        try reply.json["report"]?.elements.map { item in
            ["source", "line", "item", "outcome", "reason"].map { item[$0]?.scalarText ?? "" }.joined(separator: "|")
        } ?? []
    }

    @Test("A18: a UTF-16 schedule with count 0 and trailing ; imports, an unknown element is reported")
    func schedule() async throws {
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in Self.schedule.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let path = "/api/v1/metadata/import?package=/acme/gl&source=f.xml"
        let read = try await server.server.call(.post, path, as: "adam", bytes: bytes, Self.xml)
        read.expect(200)
        let id = "Schedule://acme/gl/job_4Hourly_schedule"
        let place = "schedule(job 4Hourly_schedule)"
        #expect(
            try Self.report(read) == [
                "f.xml|2|schedule/@name|changed|job_4Hourly_schedule: _ stands for blanks",
                "f.xml|2|\(place)|mapped|is \(id)",
                "f.xml|4|\(place)/recurrence/count|mapped|0 is no limit",
                "f.xml|5|\(place)/recurrence/ical-expression|changed|the ; at the end is dropped",
                "f.xml|7|\(place)/hint|ignored|unknown element",
            ]
        )
        #expect(read.memberNames == ["documents", "report"])
        try await server.call(.get, "Schedule/acme/gl/job_4Hourly_schedule").expectError(404, "ESS-30001")

        let applied = try await server.server.call(.post, path + "&apply=true", as: "adam", bytes: bytes, Self.xml)
        applied.expect(200)
        #expect(try applied.json["result"]?["summary"]?["create"]?.scalarText == "1")
        let stored = try await server.stored(id)
        #expect(stored.origin == "IMPORT" && stored.createdBy == "adam")
        let versions = try await server.call(.get, "Schedule/acme/gl/job_4Hourly_schedule/versions")
        #expect(try versions.json["items"]?.elements.first { _ in true }?["comment"]?.string == "import of f.xml")
        let again = try await server.server.call(.post, path + "&apply=true", as: "adam", bytes: bytes, Self.xml)
        #expect(try again.json["result"]?["hasChanges"]?.bool == false)
    }

    @Test("What is read may be sent back as documents")
    func documents() async throws {
        let read = try await send("?package=acme/x&application=Books", Self.definition("Import Journals"))
        read.expect(200)
        let document = try #require(try read.json["documents"]?.elements.first { _ in true })
        #expect(document["application"]?.string == "Books")
        let start = try #require(read.text.range(of: #""documents":"#))
        let end = try #require(read.text.range(of: #","report":"#))
        let list = read.text[start.upperBound..<end.lowerBound]
        let applied = try await server.call(.post, "apply", body: #"{"documents":\#(list)}"#)
        applied.expect(200)
        try await server.call(.get, "JobDefinition/acme/x/Import_Journals").expect(200)
    }

    @Test(
        "A19: a document type, an external entity and what is no XML are refused with the line",
        arguments: [
            ("<!DOCTYPE schedule>\n<schedule/>", "1"),
            ("<!DOCTYPE s [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<s>&e;</s>", "1"),
            ("<schedule>\n<a></b></schedule>", "2"), ("", ""), ("{}", ""),
        ]
    )
    func refused(_ text: String, _ line: String) async throws {
        for query in ["?source=a.xml", "?source=a.xml&apply=true"] {
            let reply = try await send(query, text)
            reply.expectError(400, "ESS-30002")
            let place = try reply.json["errors"]?.elements.first { _ in true }
            #expect(place?["file"]?.string == "a.xml" && place?["line"]?.scalarText ?? "" == line, "\(reply.text)")
        }
    }

    @Test("What is wrong with an object comes with its line, and nothing of the file is stored")
    func invalid() async throws {
        let text = """
            <all>
            \(Self.definition("Good"))
            <job-definition name="Bare" job-type="/oracle/as/ess/core/HostJobType"/>
            </all>
            """
        try await send("?package=acme/x", text).expect(200)
        let reply = try await send("?package=acme/x&source=a.xml&apply=true", text)
        reply.expectError(400, "ESS-30002")
        #expect(try reply.json["errors"]?.elements.first { _ in true }?["line"]?.scalarText == "3")
        try await server.call(.get, "JobDefinition/acme/x/Good").expectError(404, "ESS-30001")
    }

    @Test("An object with an error is left out; another that names it is not stored")
    func leftOut() async throws {
        let unnamed =
            #"<schedule name="Odd" package="/acme/x"><timezone>Nowhere/Land</timezone>"#
            + "<recurrence><ical-expression>FREQ=DAILY</ical-expression></recurrence></schedule>"
        let shift =
            #"<workshift name="Night" package="/acme/x"><schedule-id>Schedule://acme/x/Odd</schedule-id>"#
            + "<duration>60</duration><allocation>2</allocation></workshift>"
        let alone = try await send("?package=acme/x&apply=true", "<all>\(unnamed)\(Self.definition("Good"))</all>")
        alone.expect(200)
        #expect(try Self.report(alone).contains { $0.contains("|error|") })
        try await server.call(.get, "JobDefinition/acme/x/Good").expect(200)
        let both = try await send("?package=acme/x&apply=true", "<all>\(unnamed)\(shift)</all>")
        #expect(both.status == 400, "\(both.text)")
        try await server.call(.get, "Workshift/acme/x/Night").expectError(404, "ESS-30001")
    }

    @Test("Writing needs the rights of apply, reading needs none; denied writes are kept")
    func rights() async throws {
        let text = Self.definition("Mine")
        try await send("?package=acme/x", text, as: "anna").expect(200)
        try await send("?package=acme/x&apply=true", text, as: "anna").expectError(403, "ESS-30008")
        let denied = try await server.server.audit()
        #expect(denied.contains { $0.outcome == .denied && $0.errorCode == 30008 })
        try await server.put("JobDefinition://acme/Fixed", MetadataTests.definition("Fixed"), origin: "DIRECTORY")
        try await send("?package=acme&apply=true", Self.definition("Fixed")).expectError(409, "ESS-30007")
        let nobody = try await server.server.call(
            .post,
            "/api/v1/metadata/import",
            as: nil,
            bytes: Array(text.utf8),
            Self.xml
        )
        nobody.expectError(401, "ESS-02001")
    }

    @Test(
        "What the query says wrongly is refused by name",
        arguments: [
            ("?package=a%20b", "ESS-03002"), ("?zone=Nowhere/Land", "ESS-04004"), ("?apply=yes", "ESS-05004"),
            ("?application=" + String(repeating: "a", count: 300), "ESS-05005"),
        ]
    )
    func query(_ query: String, _ code: String) async throws {
        try await send(query, Self.definition("A")).expectError(400, code)
    }

    @Test("Only XML is taken, up to the size of documents")
    func body() async throws {
        let text = Self.definition("A")
        let path = "import?package=acme/x"
        try await server.call(.post, path, body: text, fields: [.contentType: "application/json"])
            .expectError(415, "ESS-05024")
        for type in ["text/xml; charset=utf-8", "application/octet-stream", "application/atom+xml"] {
            try await server.call(.post, path, body: text, fields: [.contentType: type]).expect(200)
        }
        try await server.call(.post, path, body: text).expect(200)
        try await server.call(.get, "import").expectError(405, "ESS-05021")
        let large = "<!--" + String(repeating: "x", count: server.server.services.maxMetadataSize) + "-->"
        try await send("?package=acme/x", large).expectError(413, "ESS-05023")
    }
}
