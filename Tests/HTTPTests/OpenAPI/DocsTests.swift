import HTTPTypes
import SchedulerAPI
import SchedulerHTTP
import StoreTesting
import Testing

@Suite("Page of the OpenAPI documents", .ownStores)
struct DocsTests {
    /// Stands for what is installed, long enough to be compressed.
    private static let viewer = DocsViewer { file in Array(String(repeating: file.rawValue, count: 200).utf8) }

    @Test("it is for whoever is signed in, with all that it loads; a browser is asked for the password")
    func signIn() async throws {
        let server = try await TestServer(docsViewer: Self.viewer)
        let files = DocsFile.allCases.map { "\(DocsPage.path)/\($0.rawValue)" }
        for path in [DocsPage.path, DocsPage.path + "/"] + files {
            let refused = try await server.call(.get, path, as: nil, [.accept: "text/html"])
            refused.expectError(401, "ESS-02001")
            #expect(refused.fields[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
            try await server.call(.get, path, [.accept: "text/html"]).expect(200)
            try await server.call(.post, path).expectError(405, "ESS-05021")
        }
    }

    @Test("it loads files of this server only, which are there, and says which document it shows")
    func viewerPage() async throws {
        let server = try await TestServer(docsViewer: Self.viewer)
        for (path, base) in [(DocsPage.path, "/api/v1/"), (DocsPage.path + "/", DocsPage.path + "/")] {
            for (query, document) in [
                ("", "openapi-ess.json"), ("?document=ess", "openapi-ess.json"), ("?document=no", "openapi-ess.json"),
                ("?document=administration", "openapi.json"),
            ] {
                let page = try await server.call(.get, path + query)
                page.expect(200)
                #expect(page.fields[.contentType] == "text/html; charset=utf-8")
                #expect(page.text.contains(#"data-document="../\#(document)""#), "\(query)")
                #expect(page.text.matches(of: /aria-current="page"/).count == 1)
                let loaded = page.text.matches(of: /(?:src|rel="stylesheet" href)="([^"]+)"/)
                    .map { String($0.output.1) }
                #expect(loaded.count == 4)
                for file in loaded { try await server.call(.get, base + file).expect(200) }
            }
        }
    }

    @Test("scripts come from files alone, pages and files are taken for what they say")
    func policy() async throws {
        for viewer in [Self.viewer, nil] {
            let server = try await TestServer(docsViewer: viewer)
            let page = try await server.call(.get, DocsPage.path)
            let policy = try #require(page.fields[.contentSecurityPolicy])
            let rules = policy.split(separator: "; ").map { $0.split(separator: " ") }
            #expect(rules.first == ["default-src", "'none'"])
            #expect(
                rules.first(where: { $0.first == "script-src" }) == (viewer == nil ? nil : ["script-src", "'self'"])
            )
            for rule in ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
                #expect(policy.contains(rule))
            }
            #expect(page.fields[.xContentTypeOptions] == "nosniff")
            // Neither a script in the page nor one in an attribute.
            #expect(page.text.matches(of: /<script(?! src="[^"]+"><\/script>)/).isEmpty)
            #expect(page.text.firstMatch(of: #/ on[a-z]+=/#) == nil)
        }
    }

    @Test("files have their types, and a version that spares a browser what it has", arguments: DocsFile.allCases)
    func files(file: DocsFile) async throws {
        let server = try await TestServer(docsViewer: Self.viewer)
        let path = "\(DocsPage.path)/\(file.rawValue)"
        let plain = try await server.call(.get, path)
        plain.expect(200)
        #expect(plain.text == file.text ?? String(repeating: file.rawValue, count: 200))
        let zipped = try await server.call(.get, path, [.acceptEncoding: "gzip"])
        let isCompressed = plain.body.count >= 1400
        #expect((zipped.fields[.contentEncoding] == "gzip") == isCompressed)
        #expect((zipped.body.count < plain.body.count) == isCompressed)
        #expect((zipped.fields[.eTag] == plain.fields[.eTag]) == !isCompressed)
        let calls: [(Reply, HTTPFields)] = [(plain, [:]), (zipped, [.acceptEncoding: "gzip"])]
        for (reply, fields) in calls {
            #expect(reply.fields[.contentType] == file.contentType)
            #expect(reply.fields[.xContentTypeOptions] == "nosniff")
            #expect(reply.fields[.cacheControl] == "private, no-cache")
            #expect(reply.fields[.vary] == "Accept-Encoding")
            let tag = try #require(reply.fields[.eTag])
            let head = try await server.call(.head, path, fields)
            head.expect(200)
            #expect(head.body.isEmpty && head.fields[.contentLength] == String(reply.body.count))
            var asking = fields
            asking[.ifNoneMatch] = "\"other\", \(tag)"
            let known = try await server.call(.get, path, asking)
            known.expect(304)
            #expect(known.body.isEmpty && known.fields[.eTag] == tag)
            asking[.ifNoneMatch] = "\"other\""
            try await server.call(.get, path, asking).expect(200)
        }
    }

    @Test("nothing else is served below it, and without a viewer nothing")
    func otherNames() async throws {
        let server = try await TestServer(docsViewer: Self.viewer)
        for name in [
            "swagger-ui.js", "license", "LICENSE%00", "..", "../openapi.json", "..%2Fopenapi.json", "..%2f..%2fLICENSE",
            ".", "%2e%2e", "/LICENSE", "LICENSE/x", "docs.js%2F", "x%00y",
        ] {
            let reply = try await server.call(.get, "\(DocsPage.path)/\(name)")
            #expect([400, 404].contains(reply.status), "\(name)")
        }
        let plain = try await TestServer()
        for file in DocsFile.allCases {
            try await plain.call(.get, "\(DocsPage.path)/\(file.rawValue)").expectError(404, "ESS-05020")
        }
    }

    @Test(
        "without a viewer it lists every operation of both documents, leads to them and says what is missing",
        arguments: CompatibilityProfile.allCases
    )
    func list(profile: CompatibilityProfile) async throws {
        let server = try await TestServer(profile: profile)
        for (path, base) in [(DocsPage.path, "/api/v1/"), (DocsPage.path + "/", DocsPage.path + "/")] {
            let page = try await server.call(.get, path)
            page.expect(200)
            var count = 0
            for api in try DescribedAPI.all(in: profile) {
                for (path, methods) in api.operations {
                    for (method, operation) in methods {
                        count += 1
                        let summary = try #require(operation["summary"]?.string)
                        let lines = "<dt><code><b>\(method.uppercased())</b> \(path)</code></dt><dd>\(summary)</dd>"
                        #expect(page.text.contains(lines))
                    }
                }
            }
            #expect(page.text.matches(of: /<dt>/).count == count)
            let links = page.text.matches(of: /href="([^"]+)"/).map { String($0.output.1) }
            #expect(links.count == 2)
            for link in links {
                try await server.call(.get, (base + link).replacing("docs/../", with: "")).expect(200)
            }
            for word in ["scripts/docs-viewer.sh", "http.docsViewerDir"] { #expect(page.text.contains(word)) }
            for foreign in ["<script", "src=", "<form", "<iframe", "http:", "https:"] {
                #expect(!page.text.contains(foreign))
            }
        }
    }

    @Test("texts of pages are shown as they are, code between backticks as code")
    func prose() {
        #expect(HTMLPage.prose("a `b<c` & \"d\"") == "a <code>b&lt;c</code> &amp; &quot;d&quot;")
    }

    @Test("tags are those of the operations, each with operations, in one order")
    func tags() throws {
        for api in try DescribedAPI.all(in: .documented) {
            let names = try #require(api.json["tags"]).elements.compactMap { $0["name"]?.string }
            #expect(Set(names).count == names.count && names.allSatisfy { $0.allSatisfy(\.isLetter) })
            let used = api.operations.values.flatMap(\.values).map { $0["tags"]?.elements.compactMap(\.string) ?? [] }
            #expect(used.allSatisfy { $0.count == 1 })
            #expect(Set(used.joined()) == Set(names))
        }
    }
}
