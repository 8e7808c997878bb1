package import SchedulerCore

/// The form in which stores keep the document of an object: canonical JSON, lossless.
///
/// Members stand in the order of their names and absent ones are left out, so equal documents have equal texts, as long
/// as they hold no secret: sealing may give another text each time.
package enum ObjectCodec {
    package typealias Sealing = (_ value: String) throws -> String
    package typealias Opening = (_ stored: String) throws -> String

    /// The document as text. Values of secret parameters pass through `sealSecret`, so that the text holds none of
    /// them.
    package static func encode(_ content: MetadataContent, sealSecret: Sealing) throws -> String {
        JSONValue.object(try ContentEncoder.members(of: content, sealSecret)).text
    }

    /// The document as text; `stored` itself where that says the same, so that an unchanged object keeps its version.
    package static func encode(
        _ content: MetadataContent,
        unlessStored stored: String?,
        sealSecret: Sealing,
        openSecret: @escaping Opening
    ) throws -> String {
        if let stored, let old = try? decode(stored, openSecret: openSecret), old == content { return stored }
        return try encode(content, sealSecret: sealSecret)
    }

    /// The document that `encode` wrote. Fails with `DocumentErrors` on any other text.
    package static func decode(_ text: String, openSecret: @escaping Opening) throws(DocumentErrors) -> MetadataContent
    {
        let collector = ProblemCollector(file: "")
        let nodes = JSONReader.read(Array(text.utf8))
        for problem in nodes.problems { collector.report(problem.path, problem.line, problem.message) }
        guard let node = nodes.documents.first,
            case .object(let content, _) = ObjectDecoder.decode(node, collector, openSecret: openSecret)
        else { throw DocumentErrors(collector.problems) }
        return content
    }

    /// The object of a stored row. Fails with `DocumentErrors`, also if the row's id is not the document's.
    package static func object(
        of stored: StoredMetadata,
        openSecret: @escaping Opening
    ) throws(DocumentErrors) -> MetadataObject {
        let content = try decode(stored.document, openSecret: openSecret)
        guard let origin = MetadataOrigin(rawValue: stored.origin), content.id.description == stored.id else {
            let message = "stored as \(stored.id) of origin \(stored.origin)"
            throw DocumentErrors([DocumentProblem(file: "", path: "", line: 0, message: message)])
        }
        return MetadataObject(content, origin: origin, stored)
    }
}
