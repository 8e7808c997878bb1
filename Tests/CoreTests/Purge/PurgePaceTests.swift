import SchedulerCore
import Testing

@Suite("Pace of a purge")
struct PurgePaceTests {
    @Test("A51 Chunks become as large as fit into their time, never larger than purge.batchSize")
    func growth() {
        var pace = PurgePace(batchSize: 1000)
        #expect(pace.limit == PurgePace.firstLimit)
        for _ in 0..<10 {
            let count = pace.limit
            _ = pace.note(count, elapsed: .microseconds(20) * count, answer: .zero)
        }
        #expect((95...100).contains(pace.limit))
        for _ in 0..<10 { _ = pace.note(pace.limit, elapsed: .microseconds(1), answer: .zero) }
        #expect(pace.limit == 1000)
    }

    @Test("A51 It rests as long as the commit and the wait for the writer demand, which say nothing of the size")
    func rest() {
        var pace = PurgePace(batchSize: 1000)
        let rest = pace.note(50, elapsed: PurgePace.chunkTime, answer: .milliseconds(40))
        #expect(rest == .milliseconds(40) * PurgePace.restFactor)
        #expect(pace.limit == 50)
    }

    @Test("One chunk that took long makes the next one small, but never empty")
    func shrinking() {
        var pace = PurgePace(batchSize: 1000)
        for _ in 0..<10 { _ = pace.note(pace.limit, elapsed: .microseconds(1), answer: .zero) }
        #expect(pace.note(1000, elapsed: .seconds(2), answer: .zero) == .seconds(12))
        #expect(pace.limit == PurgePace.smallestLimit)
        var small = PurgePace(batchSize: 1)
        _ = small.note(1, elapsed: .seconds(1), answer: .zero)
        #expect(small.limit == 1)
    }
}
