package import SchedulerCore

/// Something wrong, or worth knowing, at one place of one file (administration §1.4, §2).
package struct DocumentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path relative to the directory, or a name the caller gave; empty where there is none.
    package let file: String
    /// JSON pointer (RFC 6901) into the document that begins at or before `line`; empty = the whole document or file.
    package let path: String
    /// From 1; 0 where the problem is not one of a line.
    package let line: Int
    package let message: String
    /// Set where what is wrong is a reference to an object that does not exist.
    package let missing: MissingReference?

    package init(file: String, path: String, line: Int, message: String, missing: MissingReference? = nil) {
        self.file = file
        self.path = path
        self.line = line
        self.message = message
        self.missing = missing
    }

    package var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return [place, path, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// A reference to an object that does not exist.
package struct MissingReference: Hashable, Sendable {
    /// What refers to it.
    package let object: MetadataObjectID
    package let reference: MetadataObjectID

    package init(_ object: MetadataObjectID, to reference: MetadataObjectID) {
        self.object = object
        self.reference = reference
    }
}

/// All that is wrong with a set of documents, of which nothing was taken.
package struct DocumentErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [DocumentProblem]

    package init(_ problems: [DocumentProblem]) { self.problems = problems }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
