import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// What jobs inside the server submit goes the way of POST `/requests`.
@Suite("Sub-requests of code inside the server")
struct SubRequestSubmissionTests {
    private let bench: EngineBench
    private let service: any SubRequestSubmitting

    init() throws {
        bench = try EngineBench()
        let grant = Grant(
            name: "anna",
            grantee: .user("anna"),
            metadata: [
                MetadataRule(resource: try #require(ResourcePattern("acme.open.*")), actions: [.execute])
            ]
        )
        let contents: [MetadataContent] = [
            .user(User(name: "anna")), .grant(grant), .jobDefinition(Self.definition("/acme/open")),
            .jobDefinition(Self.definition("/acme/closed")),
            .jobSet(
                JobSet(
                    id: MetadataObjectID(kind: .jobSet, package: "/acme/open", name: "Set"),
                    executionMode: .serial,
                    steps: [JobSetStep(stepID: "load", job: Self.definition("/acme/open").id)]
                )
            ),
        ]
        let catalogue = CatalogueHolder(Catalogue(contents.map { MetadataObject($0, origin: .directory) }))
        service = SubmissionService(
            access: RequestAccess(store: bench.store, catalogue: catalogue),
            catalogue: catalogue,
            gateway: bench.gateway.submissions,
            handles: bench.key.handles,
            defaultApplication: "Escapement",
            outbound: { OutboundPolicy() },
            sealer: bench.key.sealer,
            denials: DenialRecorder(store: bench.store, logger: bench.log.logger)
        )
    }

    private static func definition(_ package: String) -> JobDefinition {
        JobDefinition(
            id: MetadataObjectID(kind: .jobDefinition, package: package, name: "Job"),
            jobType: BuiltInJobType.swift.id,
            parameters: [
                Parameter(name: "SYS_className", value: "NoOp"), Parameter(name: "count", type: .integer, value: "1"),
            ]
        )
    }

    private func handle(_ claimed: ClaimedRequest) throws -> String {
        bench.key.handles.handle(of: claimed.request.id, epoch: try #require(claimed.request.epoch))
    }

    private func expect(_ code: Int, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void)
        async
    {
        let error = await #expect(throws: SchedulerError.self, sourceLocation: sourceLocation) { try await body() }
        #expect(error?.code == ErrorCode(code), sourceLocation: sourceLocation)
    }

    @Test("C2: it runs as its parent does, with what it was given, and starts with the pause")
    func submitted() async throws {
        var submission = StoreSamples.submission(priority: 7)
        // Its handle has not left the server.
        submission.policy.handleIsCredential = false
        let parent = try await bench.startOne(submission)
        var order = SubRequestOrder(definition: "acme/open/Job")
        order.description = "one of many"
        order.parameters = [
            SubmittedParameter(name: "count", value: "12"), SubmittedParameter(name: "other", value: "x"),
        ]
        order.properties.retries = 3
        let id = try await service.submit(order, below: parent.request.id, handle: try handle(parent))
        let child = try bench.stored(id)
        #expect(child.lineage.type == .subRequest && child.lineage.parentID == parent.request.id)
        #expect(child.facts.submitter == "anna" && child.facts.runAsUser == "anna")
        #expect(child.facts.description == "one of many" && child.facts.application == "Acme")
        #expect(child.policy.priority == 7 && child.policy.retries == 3)
        let parameters = try #require(try await bench.memory.request(id)).parameters
        #expect(parameters.first { $0.name == "count" }?.type == .integer)
        #expect(parameters.first { $0.name == "other" }?.type == .string)
        #expect(try await bench.start().isEmpty)
        try await bench.perform(
            .executableEnded(.paused(state: nil)),
            on: parent.request.id,
            epoch: parent.request.epoch
        )
        #expect(try await bench.start().map(\.request.id) == [id])
    }

    @Test("It is refused as a call would be")
    func refused() async throws {
        let parent = try await bench.startOne()
        let other = try await bench.startOne()
        let id = parent.request.id
        let job = SubRequestOrder(definition: "acme/open/Job")
        func submit(_ order: SubRequestOrder, handle: String? = nil) async throws {
            _ = try await service.submit(order, below: id, handle: handle ?? self.handle(parent))
        }
        await expect(2005) { try await submit(job, handle: handle(other)) }
        await expect(2005) { try await submit(job, handle: "") }
        await expect(3001) { try await submit(SubRequestOrder(definition: "acme/open/Nope")) }
        await expect(1024) { try await submit(SubRequestOrder(definition: "JobSet://acme/open/Set")) }
        await expect(2002) { try await submit(SubRequestOrder(definition: "acme/closed/Job")) }
        var wrong = job
        wrong.parameters = [SubmittedParameter(name: "count", value: "many")]
        await expect(5006) { try await submit(wrong) }
        wrong = job
        wrong.properties.priority = 10
        await expect(5005) { try await submit(wrong) }
        try await bench.perform(.executableEnded(.success), on: id, epoch: parent.request.epoch)
        await expect(1023) { try await submit(job) }
        #expect(bench.memory.snapshot.requests.count == 2)
    }

    @Test("One whose store fails is told so, and may be submitted again")
    func failingStore() async throws {
        let parent = try await bench.startOne()
        let handle = try handle(parent)
        let job = SubRequestOrder(definition: "acme/open/Job")
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) {
            _ = try await service.submit(job, below: parent.request.id, handle: handle)
        }
        _ = try await service.submit(job, below: parent.request.id, handle: handle)
        #expect(bench.memory.snapshot.requests.count == 2)
    }
}
