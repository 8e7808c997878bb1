import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Error answers")
struct ErrorAnswerTests {
    @Test("C54: an error body, byte by byte")
    func body() {
        let error = SchedulerError(1015, "300012", "2027-03-01T09:55:30.250Z")
        let expected =
            #"{"detail":"ESS-01015: Request 300012 is CANCELLING; forceCancel is allowed from "#
            + #"2027-03-01T09:55:30.250Z on.","errorCode":"ESS-01015","status":400,"#
            + #""title":"Unsupported state for operation","type":"https://sched.example.org/errors/ESS-01015"}"#
        #expect(wireText(SimpleExceptionDetail(error, publicURL: "https://sched.example.org").encoded) == expected)
        #expect(wireText(SimpleExceptionDetail(error, publicURL: "https://sched.example.org/").encoded) == expected)
    }

    @Test(
        "C4: every error has all members, its code begins the detail, its page names the code",
        arguments: ErrorCatalogue.all
    )
    func everyCode(entry: ErrorCatalogueEntry) throws {
        let detail = SimpleExceptionDetail(SchedulerError(entry.code), publicURL: "http://h:1")
        let value = try JSONReader.read(detail.encoded)
        #expect(value.members.map(\.name) == ["detail", "errorCode", "status", "title", "type"])
        #expect(value["detail"]?.string?.hasPrefix("\(entry.code): ") == true)
        #expect(value["status"]?.scalarText == String(entry.status))
        let path = ErrorPage.path(of: entry.code)
        #expect(value["type"]?.string == "http://h:1\(path)")
        let page = try #require(ErrorPage.html(for: path.dropFirst("/errors/".count), publicURL: "http://h:1/"))
        #expect(page.contains(entry.code.description))
        #expect(page.contains(entry.title))
        #expect(page.contains("<p>\(entry.status)</p>"))
        for heading in ["Meaning", "Cause", "What to do"] { #expect(page.contains("<h2>\(heading)</h2>\n<p>")) }
        #expect(page.contains(#"<a href="http://h:1/errors">"#))
    }

    @Test("a page is self-contained and escaped")
    func page() throws {
        let page = try #require(ErrorPage.html(for: "ESS-05017", publicURL: "https://h\"><script"))
        #expect(page.contains("&lt;requestId&gt;,&lt;requestHandle&gt;"))
        #expect(page.contains("color-scheme: light dark"))
        #expect(page.components(of: "href=") == 1)
        #expect(page.contains(#"href="https://h&quot;&gt;&lt;script/errors""#))
        for foreign in ["<script", "http:", "src=", "<form", "<iframe"] { #expect(!page.contains(foreign)) }
        #expect(page.utf8.count < 2048)
        #expect(ErrorPage.html(for: "ESS-99999", publicURL: "https://h") == nil)
        #expect(ErrorPage.html(for: "<script>", publicURL: "https://h") == nil)
    }

    @Test("the list leads to the page of every code, once")
    func index() {
        let page = ErrorPage.indexHTML(publicURL: "https://h/")
        #expect(page.components(of: "href=") == ErrorCatalogue.all.count)
        for entry in ErrorCatalogue.all {
            #expect(page.components(of: "href=\"https://h\(ErrorPage.path(of: entry.code))\"") == 1)
        }
        for foreign in ["<script", "src=", "<form", "<iframe"] { #expect(!page.contains(foreign)) }
    }
}

extension String {
    /// How often `part` occurs, without overlap.
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
