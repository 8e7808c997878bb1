import AsyncHTTPClient
import Foundation
import NIOCore

/// What all fault tests share.
enum ChaosSettings {
    private static let environment = ProcessInfo.processInfo.environment

    /// How often a fault strikes, where the caller wants more than the short form.
    static let rounds: Int? = environment["ESCAPEMENT_CHAOS_ROUNDS"].flatMap { Int($0) }
    /// Decides what is random in a test: who is killed, what is submitted, what is called.
    static let seed = environment["ESCAPEMENT_CHAOS_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...999_999)

    static var isLong: Bool { rounds != nil }

    /// `short` in CI, `long` when somebody asked for rounds.
    static func either<Value>(_ short: Value, _ long: Value) -> Value { isLong ? long : short }

    /// Says at once what it cannot do: a killed node's refusal is an answer, not a reason to try for seconds.
    static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .seconds(2)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        return HTTPClient(configuration: configuration)
    }()

    /// Longest wait of a client for an answer.
    static let callTime: TimeAmount = .seconds(10)

    static func report(_ text: String) { print("chaos: \(text) (seed \(seed))") }
}

/// Time since a moment, on a clock that never jumps.
struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    var elapsed: Duration { ContinuousClock.now - start }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// With one digit behind the point, for reports.
    var text: String { seconds.text(1) + " s" }
}

extension Double {
    func text(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}

extension Collection<Double> {
    /// Nil where there is none.
    func quantile(_ share: Double) -> Double? {
        guard !isEmpty else { return nil }
        let sorted = self.sorted()
        return sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var median: Double? { quantile(0.5) }
}
