import SchedulerCore
import Testing

/// Retries and their delays (runtime §4).
struct RetryPolicyTests {
    @Test("I26: delays follow the formula for any policy", arguments: UInt64(1)...200)
    func formula(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let request = Self.failed(using: &random)
            let policy = request.policy
            let delay = RetryPolicy.delay(request, retryAfter: nil)
            // Independent of the code: by repeated multiplication, with the jitter as an interval.
            var grown = Double(policy.retryDelay.components.seconds)
            for _ in 0..<request.retriedCount where grown != 0 { grown *= policy.retryFactor }
            let bounded = min(Double(policy.retryMaxDelay.components.seconds), grown)
            let actual = Double(delay.wholeMilliseconds) / 1000
            let place: Comment = "\(policy), retry \(request.retriedCount + 1)"
            #expect(actual >= bounded - 0.002, place)
            #expect(actual <= bounded * (1 + policy.retryJitter) + 0.002, place)
            #expect(RetryPolicy.delay(request, retryAfter: nil) == delay, "a repeated decision differs")
        }
    }

    @Test("A longer Retry-After wins, a shorter one does not")
    func retryAfter() {
        let request = RequestShape.errorAutoRetry.request { $0.policy.retryDelay = .seconds(60) }
        #expect(RetryPolicy.delay(request, retryAfter: .seconds(61)) == .seconds(61))
        #expect(RetryPolicy.delay(request, retryAfter: .seconds(59)) == .seconds(60))
    }

    @Test("Jitter differs between requests and between attempts")
    func jitterSpreads() {
        let delays = (Int64(1)...100).map { number in
            let submission = Submission(facts: RequestShape.facts())
            var request = JobRequest(
                lineage: .root(.singleton, id: RequestID(number)),
                submission: submission,
                now: RequestShape.submitted
            )
            request.policy.retryDelay = .seconds(1000)
            request.policy.retryJitter = 1
            return RetryPolicy.delay(request, retryAfter: nil)
        }
        #expect(Set(delays).count > 95)
        let mean = delays.reduce(Duration.zero, +) / 100
        #expect(mean > .seconds(1350) && mean < .seconds(1650), "u is not spread over [0, 1)")
    }

    @Test("I10, I26, I27: SYSTEM errors are retried until the retries are used up, never before the delay ends")
    func course() throws {
        var request = RequestShape.synchronous.request {
            $0.policy.retries = 2
            $0.policy.retryDelay = .seconds(10)
            $0.policy.retryFactor = 3
        }
        let due = request.scheduledTime
        var now = RequestShape.now
        for (attempt, delay) in [(1, Duration.seconds(10)), (2, .seconds(30))] {
            request = try RequestMachine.change(.executableEnded(.systemError("broken")), request, at: now).request
            #expect(request.state == .errorAutoRetry)
            #expect(request.cause == .nonTerminal && request.errorType == nil)
            #expect(request.message?.text == "broken")
            #expect(request.retryTime == now + delay)
            let early = now + delay + .milliseconds(-1)
            #expect(RequestMachine.decide(.timer, for: request, at: early) == .dropped(.cannotArise))
            #expect(request.nextTimer?.kind == .retry && request.nextTimer?.time == now + delay)
            now = now + delay
            request = try RequestMachine.change(.timer, request, at: now).request
            #expect(request.state == .wait && request.attempt == attempt + 1 && request.retriedCount == attempt)
            #expect(request.scheduledTime == due && request.retryTime == nil && request.phase == .initial)
            let epoch = AttemptEpoch(Int64(50 + attempt))
            let start = RequestEvent.start(epoch: epoch, node: RequestShape.node, processor: "a")
            request = try RequestMachine.change(start, request, at: now).request
            #expect(request.state == .running && request.handleStatus == .live)
        }
        request = try RequestMachine.change(.executableEnded(.systemError("broken")), request, at: now).request
        #expect(request.state == .error && request.cause == .processSystemError && request.errorType == .system)
        #expect(request.attempt == 3 && request.retriedCount == 2)
    }

    @Test("Recovery by RETRY begins a new attempt that is not counted as a retry")
    func recoverRetry() throws {
        let request = RequestShape.errorManualRecovery.request { $0.retriedCount = 1 }
        let next = try RequestMachine.change(.recover(.retry), request).request
        #expect(next.attempt == request.attempt + 1 && next.retriedCount == 1)
        #expect(next.state == .wait && next.phase == .initial)
    }

    private static func failed(using random: inout SeededGenerator) -> JobRequest {
        var submission = Submission(facts: RequestShape.facts())
        submission.policy.retryDelay = .seconds(Int.random(in: 0...5000, using: &random))
        submission.policy.retryFactor = [1, 1, 1.5, 2, 10, 1000][Int.random(in: 0..<6, using: &random)]
        submission.policy.retryMaxDelay = .seconds(Int.random(in: 0...100_000, using: &random))
        submission.policy.retryJitter = [0, 0, 0.1, 1][Int.random(in: 0..<4, using: &random)]
        submission.policy.retries = 5000
        if Int.random(in: 0..<5, using: &random) == 0 { submission.policy.retryDelay = .zero }
        let id = RequestID(Int64.random(in: 1...Int64.max, using: &random))
        var request = JobRequest(
            lineage: .root(.singleton, id: id),
            submission: submission,
            now: RequestShape.submitted
        )
        request.retriedCount = [0, 1, 2, 3, 10, 100, 4999][Int.random(in: 0..<7, using: &random)]
        request.attempt = request.retriedCount + 1
        return request
    }
}
