import SchedulerEngine

/// The tag of a version of an object: `"3"` (RFC 9110 §8.8.3).
struct EntityTag: Hashable {
    let version: Int

    var text: String { "\"\(version)\"" }

    /// Whether an `If-None-Match` names it: then the caller has it already.
    func isNamed(by header: String) -> Bool { Self.isNamed(text, by: header) }

    /// The same of a tag of any other kind.
    static func isNamed(_ tag: String, by header: String) -> Bool {
        tags(header).contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }
    }

    /// What an `If-Match` asks for; a tag that no version has, a weak one for example, is met by none.
    static func precondition(ifMatch header: String) -> MetadataPrecondition {
        let tags = tags(header)
        if tags.contains("*") { return .present }
        return .versions(
            Set(
                tags.compactMap { tag in
                    guard tag.count > 2, tag.first == "\"", tag.last == "\"" else { return nil }
                    return Int(tag.dropFirst().dropLast())
                }
            )
        )
    }

    private static func tags(_ header: String) -> [String] {
        header.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
