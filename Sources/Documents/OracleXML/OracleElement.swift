/// An element of a document, with its names as they were and as they are compared.
struct OracleElement {
    struct Attribute {
        /// As written.
        let name: String
        let value: String

        var key: String { XMLName.key(name) }
    }

    /// As written, without prefix.
    let name: String
    /// By name.
    let attributes: [Attribute]
    /// The text directly in it, with all blanks.
    let text: String
    let children: [OracleElement]
    /// Line on which the start tag ends, from 1.
    let line: Int

    var key: String { XMLName.key(name) }

    /// Whether this or an element below has one of the names.
    func holds(_ keys: Set<String>) -> Bool {
        keys.contains(key) || children.contains { $0.holds(keys) }
    }
}

/// How names of elements and attributes are compared.
enum XMLName {
    /// The name without prefix.
    static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    /// What two spellings of one name have in common: case, `-` and `_` do not count.
    static func key(_ name: String) -> String {
        local(name).lowercased().filter { $0 != "-" && $0 != "_" }
    }
}
