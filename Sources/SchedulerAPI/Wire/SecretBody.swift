package import SchedulerCore

/// Body of a named secret (administration §5.5).
package struct SecretBody: WireBody {
    package var value: SecretText
    /// Whose requests may use it, as in grants.
    package var definitions: [ResourcePattern]

    package init(value: SecretText, definitions: [ResourcePattern]) {
        self.value = value
        self.definitions = definitions
    }

    /// - Throws: the codes of decoding; ESS-05003 for a member that is missing, ESS-05005 for a value that is empty or
    ///   too long, ESS-05008 for too many patterns, ESS-05004 for what is no pattern.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        let value = try json.required("value")
        self.value = SecretText(try value.requireString())
        guard (1...NamedSecret.valueBytesMax).contains(self.value.value.utf8.count) else {
            throw SchedulerError(5005, value.path, "1..\(NamedSecret.valueBytesMax) bytes")
        }
        let list = try json.required("definitions")
        guard list.kind == .array else { throw SchedulerError(5002, list.path, "array") }
        definitions = []
        for element in list.elements {
            guard definitions.count < NamedSecret.definitionsMax else {
                throw SchedulerError(5008, list.path, String(NamedSecret.definitionsMax))
            }
            let text = try element.requireString()
            guard text.utf8.count <= MetadataLimits.idBytesMax, let pattern = ResourcePattern(text) else {
                throw SchedulerError(5004, text.bounded(toBytes: MetadataLimits.idBytesMax), element.path)
            }
            definitions.append(pattern)
        }
    }
}
