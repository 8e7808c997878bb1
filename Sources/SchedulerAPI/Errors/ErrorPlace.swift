/// One place that has to be mended, or one object that stands in the way (administration §1.4).
package struct ErrorPlace: Hashable, Sendable {
    /// Nil where the documents came in the body itself.
    package let file: String?
    /// From 1; nil where the place is no line.
    package let line: Int?
    /// JSON pointer (RFC 6901) into the document; empty = the whole.
    package let path: String
    package let message: String

    package init(file: String? = nil, line: Int? = nil, path: String = "", message: String) {
        self.file = file
        self.line = line
        self.path = path
        self.message = message
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("file", file)
        writer.member("line", line)
        writer.member("message", message)
        writer.member("path", path)
        writer.endObject()
    }
}
