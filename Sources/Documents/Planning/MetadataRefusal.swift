package import SchedulerCore

/// A change of metadata that is refused: one code, and every place that has to be mended (administration §3).
package struct MetadataRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let error: SchedulerError
    /// Places of the documents, or objects that stand in the way; empty where the error says all.
    package let problems: [DocumentProblem]

    package init(_ error: SchedulerError, problems: [DocumentProblem] = []) {
        self.error = error
        self.problems = problems
    }

    /// Documents that are wrong: ESS-30003 where all that is wrong are references to nothing, else ESS-30002.
    package init(_ errors: DocumentErrors) {
        let problems = errors.problems
        let missing = problems.compactMap(\.missing)
        if let first = missing.first, missing.count == problems.count {
            self.init(SchedulerError(30003, first.object.description, first.reference.description), problems: problems)
            return
        }
        let others = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
        let reason = problems.first.map { "\($0)\(others)" } ?? "it cannot be read"
        self.init(SchedulerError(30002, reason), problems: problems)
    }

    /// An object that others name.
    package init(_ id: MetadataObjectID, usedBy users: [String]) {
        let shown = users.prefix(Self.shownUsersMax).joined(separator: ", ")
        let others = users.count > Self.shownUsersMax ? " and \(users.count - Self.shownUsersMax) more" : ""
        self.init(
            SchedulerError(30004, id.description, shown + others),
            problems: users.map { DocumentProblem(file: "", path: "", line: 0, message: $0) }
        )
    }

    package var description: String { error.description }

    private static let shownUsersMax = 5
}
