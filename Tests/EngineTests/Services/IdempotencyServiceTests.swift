import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Synchronization
import Testing

@Suite("Calls under a key")
struct IdempotencyServiceTests {
    private let store = MemoryStore(time: ManualTime())
    private let service: IdempotencyService
    private let call = IdempotentCall(key: CallKey(caller: "anna", value: "k"), fingerprint: [1])

    init() {
        service = IdempotencyService(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Answers with the request's number.
    private func answer(
        _ call: IdempotentCall,
        _ service: IdempotencyService? = nil,
        _ first: () async throws -> Int64
    ) async throws -> Int64 {
        try await (service ?? self.service).answer(call) { recorded in
            guard case .request(let request) = recorded else { return 0 }
            return request.id.value
        } first: {
            try await first()
        }
    }

    private func submit() async throws -> Int64 {
        try await store.submit(StoreSamples.submission(), audit: nil, call: call).id.value
    }

    @Test("C12 while the first call is running a second one is ESS-01054; afterwards it has the first answer")
    func running() async throws {
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        async let first = answer(call) {
            enter.finish()
            for await _ in released {}
            return try await submit()
        }
        for await _ in entered {}
        let other = IdempotentCall(key: call.key, fingerprint: [2])
        for each in [call, other] {
            await #expect(throws: SchedulerError(1054)) { try await answer(each) { 9 } }
        }
        release.finish()
        #expect(try await first == 1)
        #expect(try await answer(call) { 9 } == 1)
        await #expect(throws: SchedulerError(1053)) { try await answer(other) { 9 } }
    }

    @Test("A key is free again when its call was refused")
    func refused() async throws {
        await #expect(throws: SchedulerError(1012)) { try await answer(call) { throw SchedulerError(1012) } }
        #expect(try await answer(call) { try await submit() } == 1)
    }

    @Test("Whoever loses the key to another node is answered what that answered")
    func lost() async throws {
        let there = IdempotencyService(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let answered = try await answer(call) {
            #expect(try await answer(call, there) { try await submit() } == 1)
            return try await submit()
        }
        #expect(answered == 1)
        #expect(store.snapshot.requests.count == 1)
    }

    @Test("Whoever loses the key to another call of another node is refused with ESS-01053")
    func lostToOther() async throws {
        let other = IdempotentCall(key: call.key, fingerprint: [2])
        await #expect(throws: SchedulerError(1053)) {
            try await answer(call) {
                try await store.keep(.done, of: other)
                return try await submit()
            }
        }
        #expect(store.snapshot.requests.isEmpty)
    }

    @Test("An answer that is too long to keep is remembered as given")
    func tooLong() async throws {
        for extra in [0, 1] {
            let body = [UInt8](repeating: 7, count: IdempotencyLimits.answerBytesMax + extra)
            let message = RecordedMessage(status: 200, fields: [], body: body)
            try await service.keep(message, of: call)
            #expect(try await store.recordedCall(call.key)?.answer == (extra == 0 ? .message(message) : .done))
        }
    }
}
