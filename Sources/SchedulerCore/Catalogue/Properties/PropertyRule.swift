/// Which values a system property takes, beyond its type.
package enum PropertyRule: Hashable, Sendable {
    case text
    case boolean
    case integer(ClosedRange<Int64>)
    case decimal(ClosedRange<Double>)
    case choice([String])
    /// Comma list of numbers 0 to 255; may be empty.
    case exitCodes
    /// `NAME=value,…`, `\,` for a comma in a value.
    case environment
    /// `name=value,…` with the names of `process.limits`.
    case processLimits

    /// Nil if the property takes the value.
    package func misfit(_ value: String) -> ValueMisfit? {
        switch self {
        case .text: nil
        case .boolean: ParameterValue.misfit(value, type: .boolean)
        case .integer(let range): Self.integerMisfit(value, range)
        case .decimal(let range): Self.decimalMisfit(value, range)
        case .choice(let values): values.contains(value) ? nil : .choice(values)
        case .exitCodes: Self.isExitCodes(value) ? nil : .form("comma list of exit codes 0 to 255")
        case .environment: EnvironmentText.variables(value) != nil ? nil : .form("comma list of NAME=value")
        case .processLimits: Self.isLimits(value) ? nil : .form("comma list of limits NAME=value")
        }
    }

    private static func integerMisfit(_ value: String, _ range: ClosedRange<Int64>) -> ValueMisfit? {
        guard let number = Int64(value) else { return .form("INTEGER") }
        return range.contains(number) ? nil : .range("\(range.lowerBound)..\(range.upperBound)")
    }

    private static func decimalMisfit(_ value: String, _ range: ClosedRange<Double>) -> ValueMisfit? {
        guard let number = ParameterValue.decimal(value) else { return .form("number") }
        return range.contains(number) ? nil : .range("\(range.lowerBound)..\(range.upperBound)")
    }

    private static func isExitCodes(_ value: String) -> Bool {
        if value.trimmingBlanks.isEmpty { return true }
        return value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let code = item.trimmingBlanks
            return UInt8(code) != nil && !code.hasPrefix("+")
        }
    }

    /// Limits and whether each is a size, which may have a unit.
    private static let limits: [String: Bool] = [
        "cpu": false, "memory": true, "processes": false, "fileSize": true, "files": false,
    ]
    private static let sizeUnits = ["KiB", "MiB", "GiB", "TiB", "B"]

    private static func isLimits(_ value: String) -> Bool {
        value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let isSize = limits[parts[0].trimmingBlanks] else { return false }
            let amount = parts[1].trimmingBlanks
            let unit = isSize ? sizeUnits.first { amount.hasSuffix($0) } ?? "" : ""
            let digits = amount.dropLast(unit.count)
            return UInt64(digits) != nil && !digits.hasPrefix("+")
        }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    fileprivate var trimmingBlanks: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
