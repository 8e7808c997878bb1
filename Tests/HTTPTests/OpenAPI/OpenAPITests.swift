import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerHTTP
import StoreTesting
import Testing

@Suite("OpenAPI documents", .ownStores)
struct OpenAPITests {
    private let apis: [DescribedAPI]

    init() throws { apis = try DescribedAPI.all(in: .documented) }

    @Test("every route with every method is an operation of one document, the nineteen of Oracle's in theirs")
    func routesAreDescribed() {
        for route in Routes.all {
            for method in route.methods where method != .head {
                let found = apis.indices.filter {
                    apis[$0].operations[route.template]?[method.rawValue.lowercased()] != nil
                }
                let isOracles = route.template.hasPrefix(LinkBuilder.apiPath)
                #expect(found == [isOracles ? 0 : 1], "\(method) \(route.template)")
            }
        }
        #expect(apis[0].operations.values.map(\.count).reduce(0, +) == 19)
    }

    @Test("every operation is a route that takes its method")
    func operationsAreRoutes() {
        let values = [
            "requestId": "1", "pageIndex": "1", "number": "1", "kind": "JobType", "code": "ESS-01013", "id": "a/B",
        ]
        for (template, methods) in apis.flatMap(\.operations) {
            let segments = template.split(separator: "/").map { segment in
                guard segment.hasPrefix("{") else { return String(segment) }
                return values[String(segment.dropFirst().dropLast())] ?? "x"
            }
            let route = RequestPath("/" + segments.joined(separator: "/")).route
            #expect(route?.template == template)
            for method in methods.keys {
                #expect(route?.methods.contains { $0.rawValue.lowercased() == method } == true, "\(method) \(template)")
            }
        }
    }

    @Test("operations read a body where their routes do, and need credentials where their routes do")
    func bodiesAndCredentials() throws {
        for route in Routes.all {
            for (name, operation) in apis.compactMap({ $0.operations[route.template] }).flatMap(\.self) {
                let method = try #require(HTTPRequest.Method(rawValue: name.uppercased()))
                #expect((operation["requestBody"] != nil) == route.readsBody(method), "\(name) \(route.template)")
                let ways = operation["security"].map { Array($0.elements).count }
                #expect((ways == 0) == route.isAnonymous, "\(name) \(route.template)")
                let isOptional = operation["security"]?.elements.contains { Array($0.members).isEmpty } == true
                #expect(isOptional == (route.takesHandle && method == .post), "\(name) \(route.template)")
            }
        }
    }

    @Test("a request's members are those of the document, and a full one fits its schema in both profiles")
    func requestDetails() throws {
        #expect(try apis[0].members(of: "RequestDetails") == Set(RequestMember.allCases.map(\.rawValue)))
        for profile in CompatibilityProfile.allCases {
            let api = try DescribedAPI(ESSDocument.document(in: profile))
            let schema = try api.schema("RequestDetails")
            for details in [SampleRequests.failed, SampleRequests.waiting] {
                let value = try JSONReader.read(SampleRequests.encoder(profile).encoded(details))
                #expect(SchemaCheck(api).problems(value, schema).isEmpty)
            }
            let full = try JSONReader.read(SampleRequests.encoder(profile).encoded(SampleRequests.failed))
            #expect(Set(full.members.map(\.name)) == (try api.members(of: "RequestDetails")))
        }
    }

    @Test("enumerations are those of the code")
    func enumerations() throws {
        let details = try apis[0].schema("RequestDetails")["properties"]
        func expect<Value: CaseIterable & RawRepresentable<String>>(_ schema: JSONValue?, _: Value.Type) {
            #expect(DescribedAPI.values(schema) == Set(Value.allCases.map(\.rawValue)))
        }
        expect(try apis[0].schema("RequestState"), RequestState.self)
        expect(details?["requestType"], RequestType.self)
        expect(details?["cause"], Cause.self)
        expect(details?["errorType"], ErrorType.self)
        expect(details?["processPhase"], ProcessPhase.self)
        expect(details?["executionType"], ExecutionType.self)
        expect(details?["executionMode"], ExecutionMode.self)
        expect(try apis[0].schema("Link")["properties"]?["rel"], LinkRelation.self)
        expect(try apis[0].schema("ExecutionStatusRequest")["properties"]?["status"], ExecutionStatus.self)
        expect(try apis[1].schema("Blocker")["properties"]?["code"], DiagnosticCode.self)
        let rights = try apis[0].schema("PermissionsResponse")["properties"]?["permissions"]?["properties"]
        #expect(Set(rights?.members.map(\.name) ?? []) == Set(RequestAction.allCases.map(\.rawValue)))
        let eight = ["self", "cancel", "forceCancel", "hold", "release", "subscribe", "permissions", "executionStatus"]
        let action = try apis[0].schema("ActionResponse")["properties"]?["links"]?["items"]?["properties"]?["rel"]
        #expect(DescribedAPI.values(action) == Set(eight))
    }

    @Test("every code of the catalogue is a refusal of some operation under its status, and there is no other")
    func errorCodes() {
        var described: Set<String> = []
        for operation in apis.flatMap({ $0.operations.values.flatMap(\.values) }) {
            for response in operation["responses"].map({ Array($0.members) }) ?? [] {
                let codes = response.value["x-errorCodes"]?.elements.compactMap(\.string) ?? []
                for code in codes {
                    let entry = ErrorCatalogue.entry(named: code)
                    #expect(entry.map { String($0.status) } == response.name, "\(code)")
                }
                #expect(codes.isEmpty == (Int(response.name) ?? 0 < 400), "\(response.name)")
                described.formUnion(codes)
            }
        }
        // The text of a failed request; paths, methods and messages that are no operation; parts that are not built.
        let others: Set<String> = ["ESS-01030", "ESS-05021", "ESS-05032", "ESS-32002"]
        #expect(described.union(others) == Set(ErrorCatalogue.all.map(\.code.description)))
        #expect(described.isDisjoint(with: others))
    }

    @Test("references, links and path parameters lead somewhere, ids are unique")
    func references() throws {
        for api in apis {
            let text = wireText(Array(try #require(encoded(api))))
            for reference in text.matches(of: /"#\/components\/schemas\/([A-Za-z]+)"/) {
                #expect(api.schemas[String(reference.output.1)] != nil, "\(reference.output.1)")
            }
            let operations = api.operations.flatMap { path, methods in methods.values.map { (path, $0) } }
            let ids = operations.compactMap { $0.1["operationId"]?.string }
            #expect(Set(ids).count == operations.count)
            let taken = Dictionary(
                uniqueKeysWithValues: operations.map { _, operation in
                    (
                        operation["operationId"]?.string ?? "",
                        Set(operation["parameters"]?.elements.compactMap { $0["name"]?.string } ?? [])
                    )
                }
            )
            for (path, operation) in operations {
                let parameters = operation["parameters"].map { Array($0.elements) } ?? []
                let inPath = parameters.filter { $0["in"]?.string == "path" }.compactMap { $0["name"]?.string }
                #expect(inPath.sorted() == path.matches(of: /\{(\w+)\}/).map { String($0.output.1) }.sorted())
                for link in operation["responses"]?.members.flatMap({
                    $0.value["links"].map { Array($0.members) } ?? []
                })
                    ?? []
                {
                    let parameters = taken[link.value["operationId"]?.string ?? ""]
                    let given = Set(link.value["parameters"]?.members.map(\.name) ?? [])
                    #expect(parameters?.isSuperset(of: given) == true && !given.isEmpty, "\(link.name)")
                }
            }
            let used = Set(text.matches(of: /"#\/components\/schemas\/([A-Za-z]+)"/).map { String($0.output.1) })
            #expect(Set(api.schemas.keys).subtracting(used).isEmpty)
        }
    }

    @Test("each body has an example that fits its schema")
    func examples() throws {
        for api in apis {
            for operation in api.operations.values.flatMap(\.values) {
                guard let content = operation["requestBody"]?["content"] else { continue }
                for media in content.members.map(\.value) {
                    let id = operation["operationId"]?.string ?? ""
                    let problems = try SchemaCheck(api).problems(
                        #require(media["example"], "\(id)"),
                        #require(media["schema"])
                    )
                    #expect(problems.isEmpty, "\(id)")
                }
            }
        }
    }

    @Test("descriptions are Markdown that hides nothing: what looks like an element is code")
    func descriptions() {
        for operation in apis.flatMap({ $0.operations.values.flatMap(\.values) }) {
            for response in operation["responses"].map({ Array($0.members) }) ?? [] {
                let text = response.value["description"]?.string ?? ""
                let outside = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset.isMultiple(of: 2) }
                #expect(!outside.contains { $0.element.contains("<") || $0.element.contains(">") }, "\(text)")
            }
        }
    }

    private func encoded(_ api: DescribedAPI) -> [UInt8]? {
        let title = api.json["info"]?["title"]?.string
        return [ESSDocument.document(in: .documented), AdministrationDocument.document(in: .documented)]
            .map { $0.encoded(publicURL: TestServer.publicURL) }
            .first { (try? JSONReader.read($0))?["info"]?["title"]?.string == title }
    }

    @Test("the 43 fields of the query are named, bounds are the server's")
    func parameters() throws {
        let list = try #require(apis[0].operations["\(LinkBuilder.apiPath)/requests"]?["get"])
        let parameters = try #require(list["parameters"]).elements
        func named(_ name: String) throws -> JSONValue {
            try #require(parameters.first { $0["name"]?.string == name })
        }
        let fields = try #require(named("q")["description"]?.string).split { !$0.isLetter }
        #expect(RequestField.allCases.allSatisfy { fields.contains(Substring($0.rawValue)) })
        let pattern = try Regex(try #require(named("orderBy")["schema"]?["pattern"]?.string))
        for field in RequestField.allCases { #expect("\(field.rawValue):desc".wholeMatch(of: pattern) != nil) }
        #expect("nonsense".wholeMatch(of: pattern) == nil)
        #expect(try named("limit")["schema"]?["maximum"]?.scalarText == "500")
        let submit = try #require(apis[0].operations["\(LinkBuilder.apiPath)/requests"]?["post"])
        let key = submit["parameters"]?.elements.first { $0["name"]?.string == "Idempotency-Key" }
        #expect(key?["schema"]?["maxLength"]?.scalarText == String(HTTPLimits.idempotencyKeyMax))
        let log = try #require(apis[1].operations["/api/v1/requests/{requestId}/log"]?["get"])
        let tail = log["parameters"]?.elements.first { $0["name"]?.string == "tail" }
        #expect(tail?["schema"]?["maximum"]?.scalarText == String(HTTPLimits.tailLinesMax))
    }

    @Test("both documents are served to whoever is signed in, and nothing below Oracle's base path")
    func served() async throws {
        let server = try await TestServer()
        for (path, title) in [
            ("/api/v1/openapi.json", "Escapement: administration API"),
            ("/api/v1/openapi-ess.json", "Escapement: Oracle Enterprise Scheduler REST API"),
        ] {
            let reply = try await server.call(.get, path)
            reply.expect(200)
            #expect(try reply.json["info"]?["title"]?.string == title)
            #expect(try reply.json["openapi"]?.string == "3.1.0")
            #expect(try reply.json["servers"]?.elements.first { _ in true }?["url"]?.string == TestServer.publicURL)
            try await server.call(.get, path, as: nil).expectError(401, "ESS-02001")
            try await server.call(.post, path).expectError(405, "ESS-05021")
        }
        try await server.call(.get, "openapi.json").expectError(404, "ESS-05020")
        let fusion = try await TestServer(profile: .fusion).call(.get, "/api/v1/openapi-ess.json")
        let rel = try fusion.json["components"]?["schemas"]?["Link"]?["properties"]?["rel"]
        #expect(DescribedAPI.values(rel).contains("FORCECANCEL"))
    }
}
