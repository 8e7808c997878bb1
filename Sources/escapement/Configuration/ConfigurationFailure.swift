/// A configuration that cannot be used, with everything that is wrong with it.
struct ConfigurationFailure: Error, Sendable, Equatable {
    /// Exit status of a program that was configured wrongly (`EX_CONFIG`).
    static let exitStatus: Int32 = 78

    let problems: [ConfigurationProblem]
}

extension ConfigurationFailure: CustomStringConvertible {
    /// One line for each problem.
    var description: String { problems.map(\.description).joined(separator: "\n") }
}
