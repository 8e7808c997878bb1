extension MetadataObjectID {
    /// Reads any accepted spelling and brings it to its canonical form (administration §1.2).
    ///
    /// `Kind://package/Name`, `Kind:/package/Name`, `/package/Name` and `package/Name` are one id; repeated and
    /// trailing
    /// slashes do not count, aliases of kinds do. A text without a kind is read as one of `kind`; a text with one keeps
    /// its own. Fails with ESS-03003 for an unknown kind, with ESS-03002 for everything else.
    package init(parsing text: String, default kind: MetadataKind) throws(SchedulerError) {
        let parts = try IDParts(text)
        self = try parts.id(of: parts.kind ?? kind)
    }

    /// Reads an id where only `kind` is meaningful; a text that names another kind fails with ESS-03003.
    package init(parsing text: String, only kind: MetadataKind) throws(SchedulerError) {
        let parts = try IDParts(text)
        if let spelt = parts.kind, spelt != kind { throw SchedulerError(3003, spelt.rawValue) }
        self = try parts.id(of: kind)
    }

    /// Reads a reference that may mean several kinds: the ids to look up, in this order; the first that exists counts.
    ///
    /// `jobDefinitionId`, `job` and `entity` pass `[.jobDefinition, .jobSet]`. A text that names a kind yields that one
    /// alone, and fails with ESS-03003 if it is not among `kinds`.
    package static func candidates(
        parsing text: String,
        kinds: [MetadataKind]
    ) throws(SchedulerError) -> [MetadataObjectID] {
        let parts = try IDParts(text)
        if let spelt = parts.kind {
            guard kinds.contains(spelt) else { throw SchedulerError(3003, spelt.rawValue) }
            return [try parts.id(of: spelt)]
        }
        var ids: [MetadataObjectID] = []
        for kind in kinds { ids.append(try parts.id(of: kind)) }
        return ids
    }

    /// The canonical form of any accepted spelling, nil if it is none: what the query grammar compares ids by.
    package static func canonicalText(_ text: String, default kind: MetadataKind) -> String? {
        try? MetadataObjectID(parsing: text, default: kind).description
    }

    /// The parts if they are valid for their kind and the whole is short enough, else nil.
    package init?(validating kind: MetadataKind, package: String, name: String) {
        guard kind.hasPackage != package.isEmpty, MetadataName.isName(name, of: kind) else { return nil }
        if kind.hasPackage {
            let segments = package.split(separator: "/", omittingEmptySubsequences: false)
            guard segments.count > 1, segments[0].isEmpty, segments.dropFirst().allSatisfy(MetadataName.isSegment)
            else { return nil }
        }
        let id = MetadataObjectID(kind: kind, package: package, name: name)
        guard id.description.utf8.count <= MetadataLimits.idBytesMax else { return nil }
        self = id
    }
}

/// An id taken apart, before it is known which kind it is read as.
private struct IDParts {
    /// Longest piece of a refused text that an error quotes, in characters.
    private static let quotedCharactersMax = 200

    let text: String
    /// The kind that the text names itself.
    let kind: MetadataKind?
    private let segments: [Substring]

    init(_ text: String) throws(SchedulerError) {
        self.text = text
        guard text.utf8.count <= MetadataLimits.idInputBytesMax else { throw Self.error(text) }
        var path = Substring(text)
        if let colon = text.firstIndex(of: ":") {
            let prefix = text[..<colon]
            guard !prefix.isEmpty, prefix.utf8.allSatisfy(Self.isKindByte) else { throw Self.error(text) }
            guard let kind = MetadataKind(spelling: String(prefix)) else { throw SchedulerError(3003, String(prefix)) }
            path = text[text.index(after: colon)...]
            guard path.hasPrefix("/") else { throw Self.error(text) }
            self.kind = kind
        } else {
            kind = nil
        }
        segments = path.split(separator: "/")
    }

    func id(of kind: MetadataKind) throws(SchedulerError) -> MetadataObjectID {
        guard let name = segments.last,
            let id = MetadataObjectID(
                validating: kind,
                package: segments.dropLast().map { "/" + $0 }.joined(),
                name: String(name)
            )
        else { throw Self.error(text) }
        return id
    }

    private static func isKindByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func error(_ text: String) -> SchedulerError {
        let quoted = text.count > quotedCharactersMax ? text.prefix(quotedCharactersMax) + "…" : text[...]
        return SchedulerError(3002, String(quoted))
    }
}
