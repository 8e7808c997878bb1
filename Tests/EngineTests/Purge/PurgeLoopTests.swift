import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Synchronization
import Testing

@Suite("Purge loop")
struct PurgeLoopTests {
    private let time = ManualTime(Timestamp(milliseconds: PurgeLoopTests.midnight))
    private let store: MemoryStore
    private let test: StoreUnderTest
    private let catalogue = CatalogueHolder()
    private let content = NotedContent()
    private let lead = Lead()

    /// 2030-03-18T00:00:00Z.
    private static let midnight: Int64 = 1_900_022_400_000
    private static let day: Duration = .seconds(86_400)

    init() {
        store = MemoryStore(time: time)
        test = StoreUnderTest(
            store: store,
            time: time,
            hasOneNode: false,
            changeCatalogue: { _ in },
            changeSettings: { _ in }
        )
    }

    private func loop(_ settings: PurgeSettings = PurgeSettings()) -> PurgeLoop {
        PurgeLoop(
            store: store,
            catalogue: catalogue,
            content: content,
            leads: { [lead] in lead.isHeld.withLock { $0 } },
            settings: { settings },
            recurrence: RecurrenceSettings(),
            longestPause: .seconds(10),
            wake: WakeSignal(),
            time: time,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Passes until nothing is due.
    private func run(_ loop: PurgeLoop) async throws {
        while try await loop.runOnce() == .now {}
    }

    private func hours(_ count: Int) { time.advance(by: .seconds(count * 3600)) }

    @Test("The built-in policy runs daily at 03:00 UTC and takes what ended 90 days ago")
    func builtInPolicy() async throws {
        let loop = loop()
        let old = try await test.ended(.success)
        try await run(loop)
        time.advance(by: Self.day * 90 - .seconds(3600))
        let young = try await test.ended(.success)
        try await run(loop)
        // One run for all the days that have passed.
        #expect(try await store.request(old) != nil)
        let runs = try await store.purgeRuns(limit: 500)
        #expect(runs.count == 1 && runs.allSatisfy { $0.endedTime != nil && $0.trees == 0 })
        hours(3)
        try await run(loop)
        #expect(try await store.purgeRuns(limit: 500).count == 1)
        hours(1)
        try await run(loop)
        #expect(try await store.request(old) == nil)
        #expect(try await store.request(young) != nil)
        #expect(try await store.purgeRuns(limit: 500).count == 2)
        let trail = try await store.auditTrail(
            targetKind: "PurgePolicy",
            targetID: "PurgePolicy://escapement/core/Default"
        )
        #expect(trail.map(\.entry) == [.system("purge"), .system("purge")])
    }

    @Test("A policy of its own schedule runs by it; a disabled one does not, and catches nothing up")
    func ownSchedule() async throws {
        let schedule = MetadataObjectID(kind: .schedule, package: "/acme", name: "Hourly")
        let id = MetadataObjectID(kind: .purgePolicy, package: "/acme", name: "Own")
        var policy = PurgePolicy(id: id, schedule: schedule, retention: PurgeRetention(other: 0))
        let stored = StoredSchedule(
            id: schedule,
            recurrences: [WrittenRecurrence(icalString: "FREQ=HOURLY;BYMINUTE=30;BYSECOND=0")]
        )
        let loop = loop()
        func put() {
            catalogue.current = Catalogue(
                [MetadataContent.schedule(stored), .purgePolicy(policy)].map { MetadataObject($0, origin: .api) }
            )
        }
        policy.isEnabled = false
        put()
        let request = try await test.ended(.success)
        try await run(loop)
        hours(2)
        try await run(loop)
        policy.isEnabled = true
        put()
        try await run(loop)
        #expect(try await store.request(request) != nil)
        time.advance(by: .seconds(1799))
        #expect(try await loop.runOnce() == .after(.seconds(1)))
        time.advance(by: .seconds(1))
        try await run(loop)
        #expect(try await store.request(request) == nil)
    }

    @Test("Who does not lead does nothing, and asks for the lead only where something is due")
    func lead() async throws {
        let loop = loop()
        try await run(loop)
        lead.isHeld.withLock { $0 = false }
        hours(4)
        #expect(try await loop.runOnce() == .after(.seconds(10)))
        #expect(try await store.purgeRuns(limit: 1).isEmpty)
        lead.isHeld.withLock { $0 = true }
        try await run(loop)
        #expect(try await store.purgeRuns(limit: 1).count == 1)
    }

    @Test("A run that somebody began is finished by whoever leads, from where it stands")
    func resume() async throws {
        for _ in 0..<9 { _ = try await test.ended(.success) }
        let run = try await test.begin(PurgeOrder(retention: PurgeRetention(other: 0)))
        _ = try await store.advancePurge(run.id, limit: 4, clock: time)
        try await self.run(loop())
        let ended = try #require(try await store.purgeRuns(limit: 1).first)
        #expect(ended.trees == 9 && ended.endedTime != nil)
    }

    @Test("Content goes before rows, after purge.physicalAfter; a failure leaves the rows to be found again")
    func physical() async throws {
        let id = try await test.ended(.success)
        try await test.perform(.delete, on: id)
        let settings = PurgeSettings(physicalAfter: Self.day * 2)
        let loop = loop(settings)
        try await run(loop)
        time.advance(by: Self.day * 2 - .milliseconds(1))
        try await run(loop)
        #expect(try await store.storedRequests(among: [id]) == [id])
        time.advance(by: .milliseconds(1))
        content.isBroken.withLock { $0 = true }
        await #expect(throws: StoreFault.self) { try await run(loop) }
        #expect(try await store.storedRequests(among: [id]) == [id])
        content.isBroken.withLock { $0 = false }
        try await run(loop)
        #expect(content.removed.withLock { $0 } == [id])
        #expect(try await store.storedRequests(among: [id]).isEmpty)
    }

    @Test("Content without a request goes within a day, young content and that of deleted requests stays")
    func orphans() async throws {
        let id = try await test.ended(.success)
        let young = time.now() + Self.day
        content.kept.withLock {
            $0 = [
                StoredContent(id: id, changedTime: time.now() + .seconds(-1)),
                StoredContent(id: RequestID(77), changedTime: time.now() + .seconds(-1)),
                StoredContent(id: RequestID(78), changedTime: young),
            ]
        }
        let loop = loop()
        try await run(loop)
        time.advance(by: Self.day + .seconds(60))
        try await run(loop)
        #expect(content.removed.withLock { $0 } == [RequestID(77)])
    }

    @Test("Calls under a key go within a day after they count no longer, in parts")
    func calls() async throws {
        let calls = (0..<5).map { IdempotentCall(key: CallKey(caller: "anna", value: "\($0)"), fingerprint: []) }
        for call in calls.dropLast() { try await store.keep(.done, of: call) }
        let loop = loop(PurgeSettings(batchSize: 2))
        try await run(loop)
        time.advance(by: Self.day)
        try await store.keep(.done, of: calls[4])
        try await run(loop)
        #expect(store.snapshot.calls.keys.map(\.value) == ["4"])
    }

    @Test("Audit records go when they are older than audit.retention")
    func audit() async throws {
        let id = try await test.submit(audit: AuditEntry(principal: "anna", action: "submit")).id
        let loop = loop(PurgeSettings(auditRetention: Self.day * 2))
        try await run(loop)
        time.advance(by: Self.day)
        try await run(loop)
        #expect(try await store.auditTrail(targetKind: "Request", targetID: id.description).count == 1)
        time.advance(by: Self.day + .seconds(1))
        try await run(loop)
        #expect(try await store.auditTrail(targetKind: "Request", targetID: id.description).isEmpty)
    }
}

/// Content in memory that notes what is removed.
private final class NotedContent: ContentPurging {
    let kept = Mutex<[StoredContent]>([])
    let removed = Mutex<[RequestID]>([])
    let isBroken = Mutex(false)

    func remove(_ ids: [RequestID]) async throws {
        if isBroken.withLock({ $0 }) { throw StoreFault("the disk is gone", kind: .unavailable) }
        removed.withLock { $0 += ids }
    }

    func contents(after id: RequestID?) async throws -> [StoredContent] {
        kept.withLock { $0.filter { $0.id > (id ?? RequestID(0)) } }
    }
}

/// Whether the node leads.
private final class Lead: Sendable {
    let isHeld = Mutex(true)
}
