/// Counts `submit.argument1`, `submit.argument2`, …: the arguments of a job (REST §3.1).
package enum ArgumentCount {
    private static let prefix = "submit.argument"

    /// Whether the name is that of an argument.
    package static func isArgument(_ name: String) -> Bool {
        guard name.hasPrefix(prefix) else { return false }
        let digits = name.utf8.dropFirst(prefix.utf8.count)
        return !digits.isEmpty && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// Fails with ESS-05008 if one step has more arguments than allowed; those without scope count for every step.
    package static func check(_ parameters: [Parameter]) throws(SchedulerError) {
        guard parameters.count > ParameterLimits.argumentsPerStepMax else { return }
        var counts: [String?: Int] = [:]
        for parameter in parameters where isArgument(parameter.name) { counts[parameter.scope, default: 0] += 1 }
        let common = counts[nil] ?? 0
        let most = counts.filter { $0.key != nil }.values.max() ?? 0
        guard max(common, most) <= ParameterLimits.argumentsPerStepMax else {
            throw SchedulerError(5008, prefix, String(ParameterLimits.argumentsPerStepMax))
        }
    }
}
