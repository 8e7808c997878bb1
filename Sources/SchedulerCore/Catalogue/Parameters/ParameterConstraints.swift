/// Enforces what `ui` says about a value (administration §1.3).
package enum ParameterConstraints {
    /// Fails with ESS-05003 (missing), 05004 (none of the choices), 05005 (out of range) or 05006 (pattern).
    package static func check(_ parameter: Parameter) throws(SchedulerError) {
        guard let ui = parameter.ui else { return }
        guard let value = parameter.value, !value.isEmpty else {
            if ui.isRequired { throw SchedulerError(5003, parameter.name) }
            return
        }
        if let misfit = misfit(value, type: parameter.type, ui) {
            throw misfit.error(parameter: parameter.name, value: value, isSecret: parameter.isSecret)
        }
    }

    private static func misfit(_ value: String, type: ParameterType, _ ui: ParameterUI) -> ValueMisfit? {
        if let choices = ui.choices, !choices.contains(value) { return .choice(choices) }
        if let pattern = ui.pattern, !((try? LinearPattern(pattern))?.matches(value) ?? false) {
            return .form("text of the form \(pattern)")
        }
        guard ui.min != nil || ui.max != nil else { return nil }
        let range = "\(ui.min ?? "")..\(ui.max ?? "")"
        if let min = ui.min {
            guard let isBelow = isLess(value, min, type: type) else { return .form("number") }
            if isBelow { return .range(range) }
        }
        if let max = ui.max {
            guard let isAbove = isLess(max, value, type: type) else { return .form("number") }
            if isAbove { return .range(range) }
        }
        return nil
    }

    /// The order that `min` and `max` refer to; nil where one of the values has no place in it.
    static func isLess(_ left: String, _ right: String, type: ParameterType) -> Bool? {
        switch type {
        case .boolean: return nil
        case .dateTime:
            guard let left = Timestamp(rfc3339: left), let right = Timestamp(rfc3339: right) else { return nil }
            return left < right
        case .integer, .long, .string: return ParameterValue.isLess(left, right)
        }
    }
}
