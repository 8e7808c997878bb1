import SchedulerTesting
import Testing

/// Callbacks and events under faults.
struct OutboxTests {
    private static let runs: UInt64 = 20

    @Test(
        "I61: each subscribed end is one entry, delivered at least once, in order, or past its horizon",
        .timeLimit(.minutes(5))
    )
    func runs() async {
        var (expected, repeats, refusals) = (0, 0, 0)
        for seed in 1...Self.runs {
            let run = OutboxRun(seed: seed)
            let found = await run.run()
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(5))")
            expected += run.auditor.expectedCount
            repeats += run.receiver.repeats
            refusals += run.receiver.refusals
        }
        print("outbox: \(expected) ends told, \(repeats) deliveries repeated, \(refusals) refused")
        #expect(expected > 500 && repeats > 50 && refusals > 500)
    }
}
