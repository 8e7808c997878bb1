package import SchedulerCore

/// One place in which two documents of an object differ.
package struct MetadataDifference: Hashable, Sendable {
    /// JSON pointer (RFC 6901); of a list's item its place in the new document, or in the old one where it left.
    package let path: String
    /// JSON text of the value before; nil = there was none. Secrets are masked.
    package let from: String?
    /// JSON text of the value after; nil = there is none.
    package let to: String?

    /// All places in which the documents differ, by path; nil stands for no document.
    package static func between(_ old: MetadataContent?, _ new: MetadataContent?) -> [MetadataDifference] {
        var comparison = DocumentComparison()
        comparison.compare(members(of: old), members(of: new), at: "")
        return comparison.differences
    }

    /// Kind, package and name are those of both.
    private static func members(of content: MetadataContent?) -> [String: JSONValue] {
        guard let content else { return [:] }
        var members = ContentEncoder.members(of: content) { DocumentComparison.secretMark + $0 }
        if case .user(let user) = content, let hash = user.passwordHash {
            members["passwordHash"] = .string(DocumentComparison.secretMark + hash.text)
        }
        for name in ["kind", "package", "name"] { members[name] = nil }
        return members
    }
}

/// Compares two documents member by member.
private struct DocumentComparison {
    /// Begins a secret; no other text of a document holds it.
    static let secretMark = "\0"
    /// Members by which the items of a list are told apart.
    private static let keys = ["name", "stepId"]

    private(set) var differences: [MetadataDifference] = []

    mutating func compare(_ old: [String: JSONValue], _ new: [String: JSONValue], at path: String) {
        for name in Set(old.keys).union(new.keys).sorted() {
            compare(old[name], new[name], at: "\(path)/\(JSONPointer.escaped(name))")
        }
    }

    private mutating func compare(_ old: JSONValue?, _ new: JSONValue?, at path: String) {
        guard old != new else { return }
        switch (old, new) {
        case (.object(let old), .object(let new)): compare(old, new, at: path)
        case (.array(let old), .array(let new)): compare(old, new, at: path)
        default: differences.append(MetadataDifference(path: path, from: old?.masked.text, to: new?.masked.text))
        }
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue], at path: String) {
        if let oldKeys = Self.keys(of: old), let newKeys = Self.keys(of: new),
            oldKeys.filter(newKeys.contains) == newKeys.filter(oldKeys.contains)
        {
            for (index, item) in new.enumerated() {
                let place = oldKeys.firstIndex(of: newKeys[index])
                compare(place.map { old[$0] }, item, at: "\(path)/\(index)")
            }
            for (index, item) in old.enumerated() where !newKeys.contains(oldKeys[index]) {
                compare(item, nil, at: "\(path)/\(index)")
            }
            return
        }
        for index in 0..<max(old.count, new.count) {
            compare(
                index < old.count ? old[index] : nil,
                index < new.count ? new[index] : nil,
                at: "\(path)/\(index)"
            )
        }
    }

    /// What tells the items apart; nil unless each has such a text of its own.
    private static func keys(of items: [JSONValue]) -> [String]? {
        for key in keys {
            let texts = items.compactMap { item -> String? in
                guard case .object(let members) = item, case .string(let text)? = members[key] else { return nil }
                return text
            }
            if texts.count == items.count, Set(texts).count == texts.count { return texts }
        }
        return nil
    }
}

extension JSONValue {
    fileprivate var masked: JSONValue {
        switch self {
        case .string(let text) where text.utf8.first == 0: .string(Parameter.maskedValue)
        case .array(let items): .array(items.map(\.masked))
        case .object(let members): .object(members.mapValues(\.masked))
        case .string, .integer, .boolean, .literal: self
        }
    }
}
