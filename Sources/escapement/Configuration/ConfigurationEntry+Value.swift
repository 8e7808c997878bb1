extension ConfigurationEntry {
    /// The value, of the type and within the rule of its key.
    ///
    /// - Throws: what is wrong with it. Neither the text nor the rule's words about it are shown when
    ///   the key is secret.
    func value(dataDirectory: String?, host: ConfigurationHost) throws(ConfigurationProblem) -> ConfigurationValue {
        guard let value = parsed(dataDirectory: dataDirectory, host: host) else {
            throw problem("must be \(expectation)")
        }
        if value != .none, let objection = key.rule.objection(value, host) { throw problem(objection) }
        return value
    }

    private func problem(_ message: String) -> ConfigurationProblem {
        let message = key.isSecret ? "has a value that it cannot have" : "\(message), not \"\(shownRaw)\""
        return ConfigurationProblem(kind: .badValue, key: spelling, origin: origin, message: message)
    }

    private func parsed(dataDirectory: String?, host: ConfigurationHost) -> ConfigurationValue? {
        switch (key.type, raw) {
        case (.list, .items(let items)): return Self.list(items)
        case (_, .items): return nil
        case (.list, .text(let text)):
            let items = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Self.list(text.allSatisfy(\.isWhitespace) ? [] : items)
        // An empty value takes an optional key back; every other key must have one.
        case (_, .text("")): return key.defaultText == nil ? ConfigurationValue.none : nil
        case (.flag, .text(let text)): return ["true": .flag(true), "false": .flag(false)][text]
        case (.whole, .text(let text)): return PlainNumber.parse(text).map(ConfigurationValue.whole)
        case (.duration, .text(let text)): return DurationText.parse(text).map(ConfigurationValue.duration)
        case (.size, .text(let text)): return SizeText.parse(text).map(ConfigurationValue.size)
        case (.text, .text(let text)): return Self.text(Self.substitute(dataDirectory, in: text))
        case (.path, .text(let text)):
            return Self.text(host.absolute(Self.substitute(dataDirectory, in: text)))
        }
    }

    private static func list(_ items: [String]) -> ConfigurationValue? {
        let trimmed = items.map { item in
            String(item.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        return trimmed.contains("") || trimmed.contains(where: hasControls) ? nil : .list(trimmed)
    }

    /// Text without NUL and other controls, which no path, name or address holds.
    private static func text(_ text: String) -> ConfigurationValue? { hasControls(text) ? nil : .text(text) }

    private static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func substitute(_ dataDirectory: String?, in text: String) -> String {
        guard let dataDirectory else { return text }
        return text.replacing("{dataDir}", with: dataDirectory)
    }

    private var expectation: String {
        switch key.type {
        case .flag: "true or false"
        case .whole: "a whole number"
        case .duration: "a duration such as 500ms, 10s, 30m or 7d"
        case .size: "a size such as 64KiB or 4MiB"
        case .text: "a text"
        case .path: "a path"
        case .list: "a list of values separated by commas"
        }
    }

    private var shownRaw: String {
        switch raw {
        case .text(let text): key.shown(text)
        case .items(let items): items.joined(separator: ",")
        }
    }
}
