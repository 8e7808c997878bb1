package import SchedulerCore

/// Objects that are right, each and together.
package struct DocumentSet: Hashable, Sendable {
    /// In the order they were read.
    package let objects: [MetadataObject]
    package let warnings: [DocumentProblem]

    /// Checks what was read as it would stand beside `others`, all or nothing (administration §1.4).
    ///
    /// An object read takes the place of one of the same id among `others`. Problems of `others`, which a reading can
    /// bring about by leaving out what they refer to, are reported without file and line.
    package static func checked(
        _ readings: [DocumentReader.Reading],
        origin: MetadataOrigin,
        beside others: [MetadataObject]
    ) throws(DocumentErrors) -> DocumentSet {
        var errors = readings.flatMap(\.problems)
        var documents: [MetadataObjectID: ReadDocument] = [:]
        var order: [MetadataObjectID] = []
        for document in readings.flatMap(\.documents) {
            let id = document.content.id
            if let first = documents[id] {
                let message = "\(id) is defined already in \(first.file):\(first.line)"
                errors.append(DocumentProblem(file: document.file, path: "", line: document.line, message: message))
            } else {
                documents[id] = document
                order.append(id)
            }
        }
        let unreadable = readings.reduce(into: Set<MetadataObjectID>()) { $0.formUnion($1.unreadable) }
        let known = unreadable.union(order).union(others.map(\.id))
        let objects = order.compactMap { documents[$0] }
            .map { MetadataObject($0.content(knowing: known.contains), origin: origin) }
        var warnings: [DocumentProblem] = []
        let all = others.filter { documents[$0.id] == nil } + objects
        for problem in CatalogueValidator.problems(in: all) {
            if let missing = problem.missing, unreadable.contains(missing) { continue }
            let document = documents[problem.object]
            let place = DocumentProblem(
                file: document?.file ?? "",
                path: problem.path,
                line: document?.line(at: problem.path) ?? 0,
                message: document == nil ? "\(problem.object): \(problem.message)" : problem.message,
                missing: problem.missing.map { MissingReference(problem.object, to: $0) }
            )
            if problem.severity == .error { errors.append(place) } else { warnings.append(place) }
        }
        guard errors.isEmpty else {
            let sorted = errors.sorted { ($0.file, $0.line, $0.path) < ($1.file, $1.line, $1.path) }
            throw DocumentErrors(Array(sorted.prefix(DocumentLimits.problemsMax)))
        }
        return DocumentSet(objects: objects, warnings: warnings)
    }
}
