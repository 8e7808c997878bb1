/// How configuration and command line write spans of time: `500ms`, `10s`, `30m`, `12h`, `7d`.
/// A bare `0` is accepted; every other number needs its unit.
enum DurationText {
    /// Longest accepted span, in days; a century, and far from where arithmetic on instants overflows.
    static let daysMax = 36_500

    private static let millisecondsPerUnit: [(unit: String, milliseconds: Int)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// The span, or nil when the text is not of the form above or longer than ``daysMax``.
    static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits),
            let factor = millisecondsPerUnit.first(where: { $0.unit == text.dropFirst(digits.count) })?.milliseconds
        else { return nil }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow, milliseconds <= daysMax * 86_400_000 else { return nil }
        return .milliseconds(milliseconds)
    }

    /// The shortest text that gives the span back, to the millisecond.
    static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        guard milliseconds != 0,
            let largest = millisecondsPerUnit.first(where: { milliseconds % $0.milliseconds == 0 })
        else { return "0s" }
        return "\(milliseconds / largest.milliseconds)\(largest.unit)"
    }
}
