/// A value after parsing, of the type that its key has.
enum ConfigurationValue: Sendable, Equatable {
    /// An optional key without value.
    case none
    case flag(Bool)
    case whole(Int)
    case duration(Duration)
    /// Bytes.
    case size(Int)
    /// Also paths and addresses.
    case text(String)
    case list([String])
}

extension ConfigurationValue: CustomStringConvertible {
    /// The value as the configuration writes it.
    var description: String {
        switch self {
        case .none: "none"
        case .flag(let value): String(value)
        case .whole(let value): String(value)
        case .duration(let value): DurationText.format(value)
        case .size(let value): SizeText.format(value)
        case .text(let value): value
        case .list(let items): items.isEmpty ? "none" : items.joined(separator: ",")
        }
    }
}
