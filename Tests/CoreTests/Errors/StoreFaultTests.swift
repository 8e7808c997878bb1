import SchedulerCore
import Testing

@Suite("Faults of a store as errors")
struct StoreFaultTests {
    @Test(
        "ESS-06003 names the limit as it was configured",
        arguments: [
            (.seconds(30), "30 s"), (.milliseconds(100), "100 ms"), (.milliseconds(1500), "1500 ms"),
        ] as [(Duration, String)]
    )
    func timedOut(limit: Duration, text: String) {
        let error = StoreFault("interrupted", kind: .timedOut(after: limit)).schedulerError
        #expect(error.code == 6003)
        #expect(error.message == "The query took longer than \(text).")
    }
}
