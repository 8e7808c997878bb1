import HTTPTypes
import SchedulerAPI
import SchedulerCore
import StoreTesting
import Testing

/// The client against a running server.
@Suite("Scheduler client", .ownStores)
struct SchedulerClientTests {
    private let server: TestServer
    private let anna: SchedulerClient

    init() async throws {
        server = try await TestServer()
        anna = server.client()
    }

    @Test("A request from submit to deletion")
    func life() async throws {
        var input = SubmitInput(jobDefinitionId: "acme/Sync")
        input.description = "by the client"
        input.requestParameters = [RequestParameterBody(name: "colour", type: .string, value: "red")]
        let key = "client-1"
        let id = try await anna.send(.submit(input).withIdempotencyKey(key)).requestId
        #expect(try await anna.send(.submit(input).withIdempotencyKey(key)).requestId == id)

        let request = try await anna.send(.request(id))
        #expect(request.requestId == id && request.state == .wait && request.requestType == .singleton)
        #expect(request.description == "by the client" && request.submitter == "anna")
        #expect(request.requestParameters.first { $0.name == "colour" } == input.requestParameters[0])
        #expect(try await anna.send(.request(id, fields: ["state"], links: ["hold"])).requestId == nil)

        #expect(try await anna.send(.hold(id)).links.contains { $0.rel == "release" })
        #expect(try await anna.send(.request(id)).state == .hold)
        var change = UpdateInput()
        change.requestParameters = [RequestParameterBody(name: "colour", type: .string, value: "blue")]
        _ = try await anna.send(.update(id, change))
        #expect(try await anna.send(.request(id)).requestParameters.first { $0.name == "colour" }?.value == "blue")
        _ = try await anna.send(.release(id))
        #expect(try await anna.send(.permissions(id)).allows(.cancel))
        _ = try await anna.send(.cancel(id))
        let ended = try await anna.send(.request(id))
        #expect(ended.state == .cancelled && ended.cause == .operatorCancel)
        try await anna.send(.delete(id))
        await #expect { try await anna.send(.request(id)) } throws: { Self.isRefusal($0, 404, "ESS-01001") }
    }

    @Test("Lists: pages, windows, ids of which one is unknown, one application")
    func lists() async throws {
        var ids: [RequestID] = []
        for _ in 1...3 { ids.append(try await anna.send(.submit(SubmitInput(jobDefinitionId: "acme/Sync"))).requestId) }
        let query = RequestQuery(filter: #"submitter eq "anna""#, fields: ["requestId", "state"])
        let first = try await anna.send(.requests(query))
        #expect(first.items.map(\.requestId) == ids && first.pageIndex == 1 && first.hasMore == nil)
        #expect(try await anna.send(.requests(query, page: 2)).items.isEmpty)
        var window = query
        window.orderBy = "requestId:desc"
        window.limit = 2
        let last = try await anna.send(.requests(window))
        #expect(last.items.map(\.requestId) == [ids[2], ids[1]] && last.hasMore == true)
        var some = RequestQuery()
        some.ids = [ids[0], RequestID(999_999)]
        let batch = try await anna.send(.requests(some)).batch
        #expect(batch.map(\.status) == [200, 404] && batch[1].errorCode == "ESS-01001")
        #expect(batch[0].request?.requestId == ids[0])
        #expect(try await anna.send(.requests(query, ofApplication: "Escapement")).items.count == 3)
    }

    @Test("A job: check-in, report, forced cancel refused before its time with the code and its words")
    func job() async throws {
        let id = try await server.request(in: .cancelling)
        let context = RequestExecutionContext(requestId: id, requestHandle: SecretText(try await server.handle(id)))
        let nobody = server.client(as: nil)
        #expect(try await nobody.send(.checkInCancelling(context)))
        await #expect { try await anna.send(.forceCancel(id)) } throws: { error in
            guard case ClientError.refused(let refusal) = error else { return false }
            return refusal.status == 400 && refusal.errorCode == "ESS-01015"
                && refusal.detail?.hasPrefix("ESS-01015: Request \(id) is CANCELLING") == true
        }
        let report = ExecutionStatusBody(requestHandle: context.requestHandle, status: .cancel)
        _ = try await nobody.send(.report(id, report))
        #expect(try await anna.send(.request(id)).state == .cancelled)
    }

    @Test("Subscription, deliveries and diagnosis")
    func deliveries() async throws {
        let id = try await server.request(in: .wait)
        let callback = CallbackSubscriptionBody(callbackUrlPrefix: "https://a.example.org", callbackResourcePath: "b")
        _ = try await anna.send(.subscribe(id, callback))
        #expect(try await anna.send(.request(id)).notificationUrl == "https://a.example.org/b")
        let diagnosis = try await anna.send(.diagnosis(id))
        #expect(diagnosis.requestId == id && diagnosis.state == .wait && !diagnosis.blockers.isEmpty)
        _ = try await anna.send(.cancel(id))
        let deliveries = try await anna.send(.deliveries(id)).items
        #expect(deliveries.map(\.requestState) == [.cancelled] && deliveries[0].status == .pending)
        try await anna.send(.unsubscribe(id))
    }

    @Test("Schedules: previews, arguments, decisions")
    func schedules() async throws {
        let daily = ScheduleChoice.inline(
            ScheduleInput(recurrences: [ScheduleInput.Recurrence(icalString: "FREQ=DAILY;BYHOUR=6")], timezone: "UTC")
        )
        let preview = try await anna.send(.preview(daily, max: 3))
        #expect(preview.instants.count == 3 && preview.instants.allSatisfy { $0.time != nil })
        var input = SubmitInput(jobDefinitionId: "acme/Sync")
        input.schedule = daily
        let id = try await anna.send(.submit(input)).requestId
        let parent = try await anna.send(.request(id))
        #expect(parent.requestType == .recurParent && parent.schedule?.timezone == "UTC")
        #expect(try await anna.send(.forecast()).items.contains { $0.parentRequestId == id })
        _ = try await anna.send(.control(id, .skip))
        let arguments = try await anna.send(.submitArguments(["a", nil, "c"], byStep: [("load", ["x"])]))
        #expect(
            arguments.requestParameters.map(\.name) == ["submit.argument1", "submit.argument3", "submit.argument1"]
        )
        #expect(arguments.requestParameters.map(\.scope) == [nil, nil, "load"])
        _ = try await server.client(as: "adam").send(.setPriority(id, 7))
        #expect(try await anna.send(.request(id)).priority == 7)
    }

    @Test("Nodes and work: who would take a request, rest and its end")
    func nodes() async throws {
        try await server.turn()
        let adam = server.client(as: "adam")
        let node = try #require(try await adam.send(.nodes).items.first)
        #expect(node.state == .running && node.clusterName == TestServer.clusterName)
        #expect(try await adam.send(.perform(.quiesce, onNode: node.name)).isQuiesced)
        #expect(
            try await adam.send(.quiesceState(ofCluster: TestServer.clusterName)).servers[0].quiesceState != .running
        )
        #expect(try await adam.send(.perform(.resume, onNode: node.name)).isQuiesced == false)
        #expect(try await adam.send(.perform(.stop, .processor, onNode: node.name)).stopped == [.processor])
        let question = WorkloadQuestion.facts(WorkloadQuestion.Facts(jobDefinitionId: "acme/Sync"))
        #expect(try await adam.send(.testWorkload(question)).nodes.map(\.name) == [node.name])
        #expect(try await adam.send(.workload).nodes.map(\.name) == [node.name])
    }

    @Test("Metadata: an object from creation to deletion, guarded by its version")
    func metadata() async throws {
        let metadata = try await MetadataServer()
        let adam = metadata.server.client(as: "adam")
        let id = MetadataObjectID(kind: .jobDefinition, package: "/acme", name: "New")
        let document =
            #"{"kind":"JobDefinition","package":"/acme","name":"New","jobType":"\#(BuiltInJobType.process.id)","#
            + #""parameters":[{"name":"SYS_cmdLine","value":"/bin/true"}]}"#
        let made = try await adam.send(.createObject(.jobDefinition, Array(document.utf8)))
        #expect(made.id == id.description && made.version == 1 && made.kind == .jobDefinition)
        #expect(try await adam.send(.object(id)).version == 1)
        #expect(try await adam.send(.objects(.jobDefinition, limit: 500)).items.contains { $0.id == made.id })
        let changed = document.replacing("/bin/true", with: "/bin/false")
        #expect(try await adam.send(.putObject(id, Array(changed.utf8), .version(1))).version == 2)
        await #expect { try await adam.send(.putObject(id, Array(changed.utf8), .version(1))) } throws: { error in
            guard case ClientError.refused(let refusal) = error else { return false }
            return refusal.status == 412
        }
        #expect(try await adam.send(.versions(of: id)).items.count == 2)
        #expect(try await adam.send(.customizeObject(id, "Priority", "7")).value == "7")
        #expect(try await adam.send(.customizations(of: id)).items.map(\.property) == [.priority])
        try await adam.send(.uncustomizeObject(id, "Priority"))
        #expect(try await adam.send(.permissions(on: id)).actions.isEmpty == false)
        #expect(try await adam.send(.referrers(of: id)).items.isEmpty)
        let texts = DocumentTexts(files: [DocumentTexts.File(name: "new.json", text: document)])
        #expect(try await adam.send(.validate(texts)).count == 1)
        let plan = try await adam.send(.plan(texts))
        #expect(plan.hasChanges && plan.items.map(\.action) == [.update] && plan.count(of: .update) == 1)
        var kept = texts
        kept.baseVersions = plan.baseVersions
        #expect(try await adam.send(.apply(kept)).items[0].id == id.description)
        let yaml = try await adam.send(.export(package: "/acme"))
        #expect(String(decoding: yaml, as: UTF8.self).contains("name: New"))
        let copy = MetadataObjectID(kind: .jobDefinition, package: "/acme", name: "Copy")
        #expect(try await adam.send(.copyObject(id, to: copy)).id == copy.description)
        try await adam.send(.deleteObject(id, .any, isForced: true))
        await #expect { try await adam.send(.object(id)) } throws: { Self.isRefusal($0, 404, "ESS-30001") }
    }

    @Test("What is no answer of this API is told apart from refusals")
    func strangers() async throws {
        struct Stranger: ClientTransport {
            func send(_ request: HTTPRequest, body: [UInt8]) async throws -> ClientReply {
                ClientReply(status: 200, fields: [:], body: Array("<html>".utf8))
            }
        }
        let client = SchedulerClient(
            address: SchedulerClient.Address(scheme: "http", authority: "a"),
            authorization: nil,
            transport: Stranger()
        )
        await #expect { try await client.send(.nodes) } throws: { error in
            if case ClientError.unreadable = error { true } else { false }
        }
    }

    private static func isRefusal(_ error: any Error, _ status: Int, _ code: String) -> Bool {
        guard case ClientError.refused(let refusal) = error else { return false }
        return refusal.status == status && refusal.errorCode == code
    }
}
