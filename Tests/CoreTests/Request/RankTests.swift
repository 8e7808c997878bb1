import SchedulerCore
import Testing

/// Which requests may start, and in which order (runtime §4, §7.3).
struct RankTests {
    private static func request(_ number: Int64, priority: Int, after seconds: Int) -> JobRequest {
        var submission = Submission(facts: RequestShape.facts())
        submission.policy.priority = priority
        let lineage = Lineage.root(.singleton, id: RequestID(number))
        return JobRequest(lineage: lineage, submission: submission, now: RequestShape.submitted + .seconds(seconds))
    }

    @Test("Rank: high priorities first, then early times, then low numbers")
    func order() {
        let ranked = [
            Self.request(9, priority: 9, after: 50), Self.request(2, priority: 9, after: 60),
            Self.request(8, priority: 4, after: -10), Self.request(4, priority: 4, after: 0),
            Self.request(5, priority: 4, after: 0), Self.request(1, priority: 0, after: -60),
        ]
        #expect(ranked.reversed().sorted { $0.rank < $1.rank } == ranked)
        for (left, right) in zip(ranked, ranked.dropFirst()) {
            #expect(left.rank < right.rank && !(right.rank < left.rank) && !(left.rank < left.rank))
        }
    }

    @Test("A recurring parent is never due: not in WAIT, not for a node that would start it")
    func recurringParent() {
        let start = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        for type in [RequestType.recurParent, .jobSetRecurParent] {
            let parent = RequestShape.wait.request(type)
            #expect(parent.dispatchTime == nil, "\(type)")
            #expect(RequestMachine.decide(start, for: parent) == .dropped(.cannotArise), "\(type)")
        }
        #expect(RequestShape.wait.request().dispatchTime == RequestShape.begun)
    }
}
