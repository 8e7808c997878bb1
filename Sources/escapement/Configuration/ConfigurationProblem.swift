/// One thing that is wrong with the configuration. The texts tell the operator what to change.
struct ConfigurationProblem: Error, Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// No such key; names the valid key most like it.
        case unknown(nearest: String)
        /// The key exists, the value does not fit it.
        case badValue
        /// Two values, each fine by itself, exclude each other.
        case contradiction
        /// The file cannot be read or is no configuration, or an argument belongs to nothing.
        case unreadable
    }

    let kind: Kind
    /// The key as it was given, in the spelling of its origin; nil when no key is concerned.
    let key: String?
    let origin: ConfigurationOrigin?
    let message: String
}

extension ConfigurationProblem: CustomStringConvertible {
    var description: String {
        var text = key.map { "\($0): " } ?? ""
        text += message
        if case .unknown(let nearest) = kind { text += "; the nearest key is \(nearest)" }
        if let origin { text += " (\(origin))" }
        return text
    }
}
