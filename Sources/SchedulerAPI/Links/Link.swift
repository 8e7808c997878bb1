/// A link as it stands in an answer (REST §2.4).
package struct Link: Hashable, Sendable {
    /// Absolute URL.
    package let href: String
    package let rel: String

    package init(href: String, rel: String) {
        self.href = href
        self.rel = rel
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("href", href)
        writer.member("rel", rel)
        writer.endObject()
    }
}
