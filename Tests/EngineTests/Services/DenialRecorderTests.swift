import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct DenialRecorderTests {
    private let bench: EngineBench
    private let recorder: DenialRecorder
    private let entry = AuditEntry(principal: "anna", action: "cancel")

    init() throws {
        bench = try EngineBench()
        recorder = DenialRecorder(store: bench.store, logger: bench.log.logger)
    }

    @Test("Denials leave a record, with who, what and why", arguments: [2002, 2003, 2004, 2005, 31002])
    func denial(number: Int) async throws {
        await recorder.record(SchedulerError(ErrorCode(number), "anna", "42"), entry: entry, target: RequestID(42))
        let expected = AuditRecord(
            time: bench.time.now(),
            entry: entry,
            targetKind: "Request",
            targetID: "42",
            outcome: .denied,
            errorCode: ErrorCode(number)
        )
        #expect(bench.memory.snapshot.audit == [expected])
    }

    @Test("Other errors leave none", arguments: [1001, 1013, 2001, 6001])
    func other(number: Int) async throws {
        await recorder.record(SchedulerError(ErrorCode(number), "42"), entry: entry, target: RequestID(42))
        #expect(bench.memory.snapshot.audit.isEmpty)
    }

    @Test("A trail that cannot be written is reported")
    func failingStore() async throws {
        bench.store.fail(.beforeCommit)
        await recorder.record(SchedulerError(2004, "anna", "42"), entry: entry, target: RequestID(42))
        #expect(bench.memory.snapshot.audit.isEmpty)
        #expect(bench.log.lines.count { $0.hasPrefix("error Denial not recorded") } == 1)
    }
}
