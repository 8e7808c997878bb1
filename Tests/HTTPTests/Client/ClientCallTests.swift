import HTTPTypes
import SchedulerAPI
import SchedulerCore
import Testing

/// The calls of the client, beside what the OpenAPI documents say of the operations.
@Suite("Client calls")
struct ClientCallTests {
    /// What of a call the documents know.
    private struct Line {
        let operation: String
        let method: HTTPRequest.Method
        let path: String
        let query: [String]

        init<Answer>(_ call: ClientCall<Answer>) {
            operation = call.operation
            method = call.method
            path = call.path
            query = call.query.map(\.name)
        }
    }

    private static let id = RequestID(7)
    private static let object = MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Post")
    private static let assignment = MetadataObjectID(kind: .workAssignment, package: "/acme", name: "Night")

    private static var lines: [Line] { ess + requests + server + metadata }

    private static var ess: [Line] {
        var query = RequestQuery(filter: "state pr", fields: ["requestId"])
        query.orderBy = "requestId"
        var window = query
        window.limit = 5
        window.offset = 5
        var ids = query
        ids.ids = [id]
        let report = ExecutionStatusBody(requestHandle: SecretText("h"), status: .success)
        let callback = CallbackSubscriptionBody(callbackUrlPrefix: "https://a.example.org", callbackResourcePath: "b")
        let context = RequestExecutionContext(requestId: id, requestHandle: SecretText("h"))
        return [
            Line(.root), Line(.requests(window)), Line(.requests(ids)), Line(.requests(query, page: 2)),
            Line(.requests(window, ofApplication: "Gl", page: 2)), Line(.submit(SubmitInput(jobDefinitionId: "a/b"))),
            Line(.submitArguments(["a"])), Line(.request(id, fields: ["@full"], links: ["self"])),
            Line(.update(id, UpdateInput())), Line(.delete(id)), Line(.cancel(id)), Line(.forceCancel(id)),
            Line(.hold(id)), Line(.release(id)), Line(.subscribe(id, callback)), Line(.unsubscribe(id)),
            Line(.permissions(id)), Line(.report(id, report)), Line(.checkInCancelling(context)),
            Line(.quiesceState(ofCluster: "c", server: "s")),
        ]
    }

    private static var requests: [Line] {
        let decisions: [ClientCall<LinksView>] = [
            .refresh(id), .replaceSchedule(id, UpdateInput()), .setPriority(id, 5), .recover(id, .retry),
            .complete(id, .success),
        ]
        return decisions.map { Line($0) } + ScheduleControl.allCases.map { Line(.control(id, $0)) } + [
            Line(.log(id, tail: 5)), Line(.log(id, range: .last(5))), Line(.outputs(id)),
            Line(.output(id, "a b.txt")), Line(.diagnosis(id)), Line(.deliveries(id)), Line(.redeliver(1, of: id)),
        ]
    }

    private static var server: [Line] {
        let duties = NodeDuty.allCases.flatMap { duty in
            DutyAction.allCases.map { Line(.perform($0, duty, onNode: "n")) }
        }
        let rests = QuiesceAction.allCases.flatMap { action in
            [Line(.perform(action, onNode: "n")), Line(.perform(action, onCluster: "c"))]
        }
        return duties + rests + [
            Line(.preview(.stored("acme/Daily"))), Line(.forecast(from: "a", to: "b", filter: "c")), Line(.workload),
            Line(.testWorkload(.request(id))), Line(.bind(assignment, to: "*")), Line(.unbind(assignment, from: "n")),
            Line(.nodes), Line(.node("n")), Line(.runPurge(.policy("acme/Old"))), Line(.purgeRuns(limit: 5)),
            Line(.secrets), Line(.secret("a")), Line(.putSecret("a", .init(value: SecretText("v"), definitions: []))),
            Line(.deleteSecret("a")),
        ]
    }

    private static var metadata: [Line] {
        let texts = DocumentTexts(files: [])
        let standards = ImportStandards(package: "/a", application: "b", zone: "UTC")
        return [
            Line(.objects(.jobDefinition, filter: "a", orderBy: "b", limit: 5, cursor: "c")),
            Line(.createObject(.jobDefinition, [])), Line(.object(object, version: 2)),
            Line(.putObject(object, [], .any)), Line(.deleteObject(object, .version(3), isForced: true)),
            Line(.copyObject(object, to: object)), Line(.versions(of: object)), Line(.referrers(of: object)),
            Line(.permissions(on: object)), Line(.customizations(of: object)),
            Line(.customizeObject(object, "Priority", "5")), Line(.uncustomizeObject(object, "Priority")),
            Line(.validate(texts)), Line(.plan(texts)), Line(.apply(texts)), Line(.export(package: "/acme")),
            Line(.importXML([], source: "a.xml", standards)),
        ]
    }

    /// The described operations that are calls of an API: all but pages, and the documents themselves.
    private static func described() throws -> [String: (method: String, path: String, query: Set<String>)] {
        var found: [String: (method: String, path: String, query: Set<String>)] = [:]
        let apis = try DescribedAPI.all(in: .documented)
        // Pages are in the administration's document alone, under a tag of their own.
        for (api, pages) in zip(apis, [nil, "Server"]) {
            for (path, operations) in api.operations {
                for (method, operation) in operations {
                    if let pages, operation["tags"]?.elements.contains(where: { $0.string == pages }) == true {
                        continue
                    }
                    let parameters = operation["parameters"].map { Array($0.elements) } ?? []
                    let query = parameters.filter { $0["in"]?.string == "query" }.compactMap { $0["name"]?.string }
                    found[try #require(operation["operationId"]?.string)] = (method, path, Set(query))
                }
            }
        }
        return found
    }

    @Test("The client has a call for every operation of the documents, and the reverse")
    func completeness() throws {
        #expect(Set(Self.lines.map(\.operation)) == Set(try Self.described().keys))
    }

    @Test("Every call has method, path and parameters of its operation")
    func places() throws {
        let described = try Self.described()
        for line in Self.lines {
            let operation = try #require(described[line.operation], "\(line.operation)")
            #expect(line.method.rawValue.lowercased() == operation.method, "\(line.operation)")
            #expect(Self.matches(line.path, operation.path), "\(line.path) is not \(operation.path)")
            #expect(operation.query.isSuperset(of: line.query), "\(line.operation): \(line.query)")
        }
    }

    /// Whether a path is one of a template; ids of objects have several words.
    private static func matches(_ path: String, _ template: String) -> Bool {
        let words = path.split(separator: "/")
        let places = template.split(separator: "/")
        guard let long = places.firstIndex(of: "{id}") else { return matches(words[...], places[...]) }
        let tail = places.count - long - 1
        guard words.count > long + tail else { return false }
        return matches(words[..<long], places[..<long]) && matches(words.suffix(tail), places.suffix(tail))
    }

    private static func matches(_ words: ArraySlice<Substring>, _ places: ArraySlice<Substring>) -> Bool {
        words.count == places.count
            && zip(words, places).allSatisfy { word, place in place.hasPrefix("{") || word == place }
    }

    @Test("A call under a key carries it; names and values are percent-encoded")
    func encoding() {
        let call = ClientCall.output(Self.id, "a b/ü.txt").withIdempotencyKey("k-1")
        #expect(call.path == "/api/v1/requests/7/outputs/a%20b%2F%C3%BC.txt")
        #expect(call.fields.contains { $0.name.canonicalName == "idempotency-key" && $0.value == "k-1" })
    }

    @Test("Members of a submission that are not said are not sent")
    func submission() throws {
        var input = SubmitInput(jobDefinitionId: "acme/Post")
        #expect(String(decoding: ClientCall.submit(input).body, as: UTF8.self) == #"{"jobDefinitionId":"acme/Post"}"#)
        input.requestParameters = [RequestParameterBody(name: "a", type: .long, value: "5", scope: "s")]
        input.schedule = .inline(ScheduleInput(recurrences: [ScheduleInput.Recurrence(icalString: "FREQ=DAILY")]))
        input.startTime = "2027-03-01T09:10:00Z"
        input.callbackSubscription = CallbackSubscriptionBody(
            callbackUrlPrefix: "https://a.example.org",
            callbackResourcePath: "b",
            securityScheme: .directOAuth,
            accessTokenUri: "https://i.example.org",
            clientId: "me",
            clientSecret: SecretText("hush")
        )
        input.executePast = false
        input.priority = 9
        input.requestTimeout = 60
        input.retries = 2
        let body = try SubmitBody(json: ClientCall.submit(input).body)
        #expect(body.requestParameters == input.requestParameters)
        #expect(body.schedule?.recurrences.map(\.icalString) == ["FREQ=DAILY"])
        #expect(body.startTime == DateTimeInput("2027-03-01T09:10:00Z"))
        #expect(body.callbackSubscription == input.callbackSubscription)
        #expect(body.executePast == false && body.priority == 9 && body.requestTimeout == 60 && body.retries == 2)
    }
}
