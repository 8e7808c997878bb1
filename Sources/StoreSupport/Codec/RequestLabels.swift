package import SchedulerCore

/// Texts that many requests share, such as definitions and users, each kept once under a number.
package protocol RequestLabels {
    /// The number of a text, given to it now if it has none.
    func key(of text: String) throws -> Int64

    func text(of key: Int64) throws -> String

    /// The metadata object whose canonical id the label is.
    func objectID(of key: Int64) throws -> MetadataObjectID
}

extension RequestLabels {
    package func optionalKey(of text: String?) throws -> Int64? {
        guard let text else { return nil }
        return try key(of: text)
    }

    package func optionalText(of key: Int64?) throws -> String? {
        guard let key else { return nil }
        return try text(of: key)
    }
}

extension MetadataObjectID {
    /// Takes apart what `description` put together; nil where the text is none.
    package init?(label text: String) {
        guard let colon = text.firstIndex(of: ":"), let kind = MetadataKind(rawValue: String(text[..<colon])) else {
            return nil
        }
        let path = text[colon...].dropFirst(2)
        guard text[colon...].hasPrefix(":/"), let slash = path.lastIndex(of: "/") else { return nil }
        self.init(kind: kind, package: String(path[..<slash]), name: String(path[path.index(after: slash)...]))
    }
}
