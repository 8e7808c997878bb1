package import SchedulerCore

/// The form in which stores keep one object: canonical JSON, lossless (architecture: the `document` column).
///
/// Members stand in the order of their names, absent ones are left out, so equal objects have equal texts.
package enum ObjectCodec {
    /// The object as text. Values of secret parameters pass through `sealSecret`, so that the text holds none of them.
    package static func encode(
        _ object: MetadataObject,
        sealSecret: (_ value: String) throws -> String
    ) throws -> String {
        var members = try ContentEncoder.members(of: object.content, sealSecret)
        members["origin"] = .string(object.origin.rawValue)
        members["version"] = .integer(object.version)
        members["createdBy"] = object.createdBy.map { .string($0) }
        members["createdTime"] = object.createdTime.map { .string($0.description) }
        members["updatedBy"] = object.updatedBy.map { .string($0) }
        members["updatedTime"] = object.updatedTime.map { .string($0.description) }
        return JSONValue.object(members).text
    }

    /// The object that `encode` wrote. Fails with `DocumentErrors` on any other text.
    package static func decode(
        _ text: String,
        openSecret: @escaping (_ stored: String) throws -> String
    ) throws -> MetadataObject {
        let collector = ProblemCollector(file: "")
        let nodes = JSONReader.read(Array(text.utf8))
        for problem in nodes.problems { collector.report(problem.path, problem.line, problem.message) }
        guard let node = nodes.documents.first,
            case .object(let content) = ObjectDecoder.decode(node, collector, openSecret: openSecret),
            var reader = MemberReader(node, "", collector)
        else { throw DocumentErrors(collector.problems) }
        let object = MetadataObject(
            content,
            origin: origin(&reader),
            version: reader.integer("version") ?? 0,
            createdBy: reader.string("createdBy"),
            createdTime: time("createdTime", &reader),
            updatedBy: reader.string("updatedBy"),
            updatedTime: time("updatedTime", &reader)
        )
        guard collector.problems.isEmpty else { throw DocumentErrors(collector.problems) }
        return object
    }

    private static func origin(_ reader: inout MemberReader) -> MetadataOrigin {
        guard let text = reader.string("origin", isRequired: true) else { return .api }
        if let origin = MetadataOrigin(rawValue: text) { return origin }
        reader.report("origin", "\(text) is no origin")
        return .api
    }

    private static func time(_ name: String, _ reader: inout MemberReader) -> Timestamp? {
        guard let text = reader.string(name) else { return nil }
        let time = Timestamp(rfc3339: text)
        if time == nil { reader.report(name, "\(text) is no date-time") }
        return time
    }
}
