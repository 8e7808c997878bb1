/// How a form asks for a parameter, and the constraints that are enforced at submit (administration §1.3).
package struct ParameterUI: Hashable, Sendable {
    package var prompt: String?
    package var tooltip: String?
    package var isHidden: Bool
    /// A value that is absent or empty is refused.
    package var isRequired: Bool
    /// The only accepted values; nil = any.
    package var choices: [String]?
    /// A `LinearPattern` that the whole value must match.
    package var pattern: String?
    /// Lowest and highest accepted value, both included: instants for DATETIME, decimal numbers for every other type
    /// but BOOLEAN, which has no order.
    package var min: String?
    package var max: String?

    package init(
        prompt: String? = nil,
        tooltip: String? = nil,
        isHidden: Bool = false,
        isRequired: Bool = false,
        choices: [String]? = nil,
        pattern: String? = nil,
        min: String? = nil,
        max: String? = nil
    ) {
        self.prompt = prompt
        self.tooltip = tooltip
        self.isHidden = isHidden
        self.isRequired = isRequired
        self.choices = choices
        self.pattern = pattern
        self.min = min
        self.max = max
    }
}
