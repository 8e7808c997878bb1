/// Type of a parameter's value (REST §3.1).
package enum ParameterType: String, CaseIterable, Hashable, Sendable {
    case boolean = "BOOLEAN"
    case long = "LONG"
    case integer = "INTEGER"
    case dateTime = "DATETIME"
    case string = "STRING"
}

/// One parameter of a request or a metadata object: its key is name and scope (REST §3.1, administration §1.3).
package struct Parameter: Hashable, Sendable {
    /// Case-sensitive; `SYS_` in any case is reserved for system properties.
    package var name: String
    package var type: ParameterType
    /// Text form of the value; nil where the parameter is declared without one. At most 32 KiB.
    package var value: String?
    /// Dotted step path in a job set; nil = all steps.
    package var scope: String?
    /// Fixed by the level that declared it; later levels may not change value or type.
    package var isReadOnly: Bool
    /// Never shown, logged or sent to remote jobs.
    package var isSecret: Bool
    /// How a person is asked for the value and what is accepted at submit; nil where nothing is declared.
    package var ui: ParameterUI?
    /// In a request: whether a caller, and no metadata, gave the value. It outlasts a refresh.
    package var isSubmitted: Bool

    package init(
        name: String,
        type: ParameterType = .string,
        value: String? = nil,
        scope: String? = nil,
        isReadOnly: Bool = false,
        isSecret: Bool = false,
        ui: ParameterUI? = nil,
        isSubmitted: Bool = false
    ) {
        self.name = name
        self.type = type
        self.value = value
        self.scope = scope
        self.isReadOnly = isReadOnly
        self.isSecret = isSecret
        self.ui = ui
        self.isSubmitted = isSubmitted
    }
}

extension Parameter: CustomStringConvertible {
    /// Safe to log: a secret shows as asterisks.
    package var description: String {
        let shown = value.map { isSecret ? Self.maskedValue : $0 } ?? "absent"
        return "\(name)\(scope.map { "@" + $0 } ?? ""): \(type.rawValue) = \(shown)"
    }

    /// What stands wherever a secret value would (administration §5.5).
    package static let maskedValue = "********"
}
