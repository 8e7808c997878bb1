/// A parameter whose name is reserved and whose meaning the server knows (runtime §4, administration §1.1).
///
/// `SystemProperty.all` is the one table: places, types, defaults, ranges and checks of all of them.
package struct SystemProperty: Hashable, Sendable {
    package let name: String
    /// Its values are of this type whatever type a document or submission gives it.
    package let type: ParameterType
    package let places: PropertyPlaces
    package let rule: PropertyRule
    /// Value where none is set; nil = none, or a configured one.
    package let defaultValue: String?
    /// Decides which code runs, as whom or where: settable at submit only where a definition says so.
    package let isCode: Bool
    /// Accepted and kept for Oracle's sake, without effect: worth a warning.
    package let isIgnored: Bool

    init(
        _ name: String,
        _ places: PropertyPlaces,
        type: ParameterType = .string,
        rule: PropertyRule = .text,
        default defaultValue: String? = nil,
        isCode: Bool = false,
        isIgnored: Bool = false
    ) {
        self.name = name
        self.type = type
        self.places = places
        self.rule = rule
        self.defaultValue = defaultValue
        self.isCode = isCode
        self.isIgnored = isIgnored
    }

    /// The property of exactly that name.
    package static func named(_ name: String) -> SystemProperty? { byName[name] }

    /// Whether the name may only be that of a system property: `SYS_` in any case, or a property without the prefix.
    package static func isReserved(_ name: String) -> Bool {
        if byName[name] != nil { return true }
        let prefix = name.utf8.prefix(4)
        return prefix.count == 4
            && zip(prefix, "sys_".utf8).allSatisfy { byte, letter in
                byte == letter || (letter != UInt8(ascii: "_") && byte == letter - 32)
            }
    }

    /// Nil if the property takes the value.
    package func misfit(_ value: String) -> ValueMisfit? {
        // The rule of a number knows its range and says more than "no INTEGER".
        rule == .text ? ParameterValue.misfit(value, type: type) : rule.misfit(value)
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
