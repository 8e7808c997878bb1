import FoundationEssentials

/// A JSON value of an answer, for showing it. Numbers of the API are integers.
enum ReplyValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case whole(Int64)
    case fraction(Double)
    case text(String)
    case list([ReplyValue])
    case object([String: ReplyValue])

    /// Reads a JSON text; nil if it is none.
    init?(parsing bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(ReplyValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    subscript(name: String) -> ReplyValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var whole: Int64? {
        guard case .whole(let number) = self else { return nil }
        return number
    }

    var list: [ReplyValue]? {
        guard case .list(let items) = self else { return nil }
        return items
    }
}

extension ReplyValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? container.decode(Int64.self) {
            self = .whole(whole)
        } else if let fraction = try? container.decode(Double.self) {
            self = .fraction(fraction)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let items = try? container.decode([ReplyValue].self) {
            self = .list(items)
        } else {
            self = .object(try container.decode([String: ReplyValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .whole(let number): try container.encode(number)
        case .fraction(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }

    /// The value as JSON text, members in order of their names.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
