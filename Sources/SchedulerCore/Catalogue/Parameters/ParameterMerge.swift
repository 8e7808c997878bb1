/// Brings the parameters of all levels together, the later winning (administration §1.3).
///
/// Metadata levels declare: a parameter without a value keeps the one it inherits, flags once set stay, `ui` is
/// replaced
/// as a whole. A submission only sets values: see `ParameterMerge.submit`.
package enum ParameterMerge {
    package struct Result: Sendable {
        package let table: ParameterTable
        /// Attempts to change what an earlier level fixed: they were left out of the table.
        package let violations: [Violation]

        package var parameters: [Parameter] { table.parameters }
    }

    /// A parameter that may not be set as it is.
    package struct Violation: Hashable, Sendable {
        /// Position of the level and of the parameter in it, from 0.
        package let level: Int
        package let index: Int
        package let name: String
    }

    /// Merges metadata levels, in this order: job types base first, definition, customisations; then, per enclosing set
    /// from the innermost outwards, the set and its step.
    ///
    /// `base` is what still earlier levels have been merged to.
    package static func merge(_ levels: [ParameterLevel], onto base: ParameterTable = ParameterTable()) -> Result {
        var table = base
        var violations: [Violation] = []
        for (levelIndex, level) in levels.enumerated() {
            let mayChangeFixed = if case .customization = level.source { true } else { false }
            for (index, parameter) in level.parameters.enumerated() {
                guard let inherited = table[parameter.name, scope: parameter.scope] else {
                    table.set(parameter)
                    continue
                }
                if inherited.isReadOnly, !mayChangeFixed, changes(parameter, inherited) {
                    violations.append(Violation(level: levelIndex, index: index, name: parameter.name))
                } else {
                    table.set(declared(parameter, over: inherited))
                }
            }
        }
        return Result(table: table, violations: violations)
    }

    private static func changes(_ parameter: Parameter, _ inherited: Parameter) -> Bool {
        parameter.type != inherited.type || (parameter.value != nil && parameter.value != inherited.value)
    }

    private static func declared(_ parameter: Parameter, over inherited: Parameter) -> Parameter {
        var merged = parameter
        merged.value = parameter.value ?? inherited.value
        merged.isReadOnly = parameter.isReadOnly || inherited.isReadOnly
        merged.isSecret = parameter.isSecret || inherited.isSecret
        merged.ui = parameter.ui ?? inherited.ui
        return merged
    }

    /// A value as an error may show it.
    static func quoted(_ value: String?, isSecret: Bool) -> String {
        guard let value else { return "nothing" }
        if isSecret { return Parameter.maskedValue }
        guard value.count > ParameterLimits.quotedCharactersMax else { return value }
        return value.prefix(ParameterLimits.quotedCharactersMax) + "…"
    }
}
