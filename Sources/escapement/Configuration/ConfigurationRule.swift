import SchedulerCore

/// What a key demands of a value beyond its type.
struct ConfigurationRule: Sendable {
    /// What is wrong with the value, or nil. Never called with ``ConfigurationValue/none``.
    let objection: @Sendable (ConfigurationValue, ConfigurationHost) -> String?

    /// Any value of the type.
    static let any = ConfigurationRule { _, _ in nil }

    /// A number within the range.
    static func whole(_ range: ClosedRange<Int>) -> ConfigurationRule {
        ConfigurationRule { value, _ in
            guard case .whole(let number) = value, !range.contains(number) else { return nil }
            return "must be \(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// A number of bytes of at least `minimum`.
    static func size(atLeast minimum: Int) -> ConfigurationRule {
        ConfigurationRule { value, _ in
            guard case .size(let bytes) = value, bytes < minimum else { return nil }
            return "must be at least \(SizeText.format(minimum))"
        }
    }

    /// A span within the range.
    static func duration(_ minimum: Duration, _ maximum: Duration) -> ConfigurationRule {
        ConfigurationRule { value, _ in
            guard case .duration(let duration) = value, duration < minimum || duration > maximum else { return nil }
            return "must be \(DurationText.format(minimum)) to \(DurationText.format(maximum))"
        }
    }

    /// A span without a fraction of a second: the operating system counts whole seconds here, and
    /// rounding down could turn a limit into none.
    static let wholeSeconds = ConfigurationRule { value, _ in
        guard case .duration(let duration) = value, duration.components.attoseconds != 0 else { return nil }
        return "must be whole seconds"
    }

    /// One of these words.
    static func oneOf(_ words: [String]) -> ConfigurationRule {
        ConfigurationRule { value, _ in
            guard case .text(let word) = value, !words.contains(word) else { return nil }
            return "must be \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")"
        }
    }

    /// A host name or address to listen on.
    static let listenHost = ConfigurationRule { value, _ in
        guard case .text(let host) = value else { return nil }
        return HostName.isAddress(host) || HostName.isName(host) ? nil : "must be a host name or an IP address"
    }

    /// An address of this server as clients see it.
    static let webAddress = ConfigurationRule { value, _ in
        guard case .text(let text) = value else { return nil }
        do throws(WebAddressError) {
            _ = try WebAddress(parsing: text)
            return nil
        } catch {
            return error.description
        }
    }

    /// Where the server calls somebody.
    static let outboundURL = ConfigurationRule { value, _ in
        guard case .text(let text) = value, (try? OutboundTarget(parsing: text)) == nil else { return nil }
        return "must be an http or https URL without user information"
    }

    /// A store that can be opened.
    static let storeURL = ConfigurationRule { value, _ in
        guard case .text(let text) = value else { return nil }
        return StoreURL.objection(to: text)
    }

    /// A PostgreSQL database that can be opened.
    static let postgresURL = ConfigurationRule { value, _ in
        guard case .text(let text) = value else { return nil }
        guard StoreURL.isPostgres(text) else { return "must be the URI of a PostgreSQL database, postgresql://HOST/DB" }
        return StoreURL.objection(to: text)
    }

    /// A name that stands in addresses, lists and logs.
    static let label = ConfigurationRule { value, _ in
        guard case .text(let text) = value else { return nil }
        let isFine = !text.isEmpty && text.utf8.count <= labelBytesMax && text.allSatisfy { !$0.isWhitespace }
        return isFine ? nil : "must be a name of at most \(labelBytesMax) bytes without blanks"
    }
    private static let labelBytesMax = 100

    /// A zone of the IANA database.
    static let timeZone = ConfigurationRule { value, _ in
        guard case .text(let name) = value, (try? ZoneRules(identifier: name)) == nil else { return nil }
        return "there is no time zone \(name)"
    }

    /// A user of this machine.
    static let existingUser = ConfigurationRule { value, host in
        guard case .text(let name) = value, host.userID(name) == nil else { return nil }
        return "there is no user \(name)"
    }

    /// Names that the environment of a job may hold.
    static let jobVariables = everyItem { name in
        guard let first = name.utf8.first, name.utf8.allSatisfy(isWordByte), !isDigit(first) else {
            return "\(name) is no name of an environment variable"
        }
        let isForbidden = name.hasPrefix("LD_") || name.hasPrefix(ConfigurationTable.variablePrefix)
        return isForbidden ? "\(name) is never passed to jobs" : nil
    }

    /// Targets of outbound calls.
    static let outboundTargets = everyItem { item in
        OutboundRule(parsing: item) != nil ? nil : "\(item) is no address, network or host with an optional port"
    }

    private static func everyItem(_ objection: @escaping @Sendable (String) -> String?) -> ConfigurationRule {
        ConfigurationRule { value, _ in
            guard case .list(let items) = value else { return nil }
            let objections = items.compactMap(objection)
            return objections.isEmpty ? nil : objections.joined(separator: "; ")
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
