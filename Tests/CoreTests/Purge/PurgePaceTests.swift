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
            _ = pace.note(count, elapsed: .microseconds(20) * count)
        }
        #expect((245...250).contains(pace.limit))
        for _ in 0..<10 { _ = pace.note(pace.limit, elapsed: .microseconds(1)) }
        #expect(pace.limit == 1000)
    }

    @Test("One chunk that took long makes the next one small, but never empty")
    func shrinking() {
        var pace = PurgePace(batchSize: 1000)
        for _ in 0..<10 { _ = pace.note(pace.limit, elapsed: .microseconds(1)) }
        #expect(pace.note(1000, elapsed: .seconds(2)) == .seconds(18))
        #expect(pace.limit == PurgePace.smallestLimit)
        var small = PurgePace(batchSize: 1)
        _ = small.note(1, elapsed: .seconds(1))
        #expect(small.limit == 1)
    }
}
