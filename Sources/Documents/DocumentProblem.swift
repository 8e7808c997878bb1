/// Something wrong, or worth knowing, at one place of one file (administration §1.4, §2).
package struct DocumentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path relative to the directory, or a name the caller gave; empty where there is none.
    package let file: String
    /// JSON pointer (RFC 6901) into the document that begins at or before `line`; empty = the whole document or file.
    package let path: String
    /// From 1; 0 where the problem is not one of a line.
    package let line: Int
    package let message: String

    package init(file: String, path: String, line: Int, message: String) {
        self.file = file
        self.path = path
        self.line = line
        self.message = message
    }

    package var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return [place, path, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// All that is wrong with a set of documents, of which nothing was taken.
package struct DocumentErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [DocumentProblem]

    package init(_ problems: [DocumentProblem]) { self.problems = problems }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
