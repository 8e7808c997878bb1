import Testing

/// Something that a rule found.
struct Violation: Equatable, Sendable, CustomStringConvertible {
    let path: String
    /// 1-based; 0 when the file as a whole is meant.
    let line: Int
    let message: String

    var description: String {
        line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)"
    }
}

/// Records each violation as an issue of the calling test.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    for violation in violations {
        Issue.record("\(violation)", sourceLocation: sourceLocation)
    }
}
