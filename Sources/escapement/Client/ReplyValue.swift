import FoundationEssentials
import SchedulerAPI

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
        guard let json = try? JSONReader.read(bytes) else { return nil }
        self.init(json)
    }

    init(_ json: JSONValue) {
        switch json.kind {
        case .null: self = .null
        case .bool: self = .flag(json.bool == true)
        case .string: self = .text(json.string ?? "")
        case .array: self = .list(json.elements.map { ReplyValue($0) })
        case .object:
            self = .object(
                json.members.reduce(into: [:]) { members, member in
                    members[member.name] = ReplyValue(member.value)
                }
            )
        case .number:
            let text = json.scalarText ?? ""
            self = Int64(text).map { .whole($0) } ?? .fraction(Double(text) ?? .nan)
        }
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

extension ReplyValue: Encodable {
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
