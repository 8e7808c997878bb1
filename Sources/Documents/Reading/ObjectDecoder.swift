import SchedulerCore

/// Reads one object of any kind from its document (administration §1.1, §2).
struct ObjectDecoder {
    /// Reads back the value of a secret parameter; documents hold it as it is, the store does not.
    typealias Opening = (_ stored: String) throws -> String

    /// Set by the server, ignored where a person writes them.
    static let serverMembers = ["id", "version", "origin", "createdBy", "createdTime", "updatedBy", "updatedTime"]
    /// Known to Oracle, not kept.
    private static let droppedMembers = ["displayNameKey", "descriptionKey", "resourceBundleIDs"]

    /// What became of one document.
    enum Outcome {
        /// With the places of ids that may be of several kinds, as JSON pointers.
        case object(MetadataContent, undecided: Set<String>)
        /// Something is wrong, which the collector knows; the id as far as it could be read.
        case unreadable(MetadataObjectID?)
    }

    var reader: MemberReader
    private let openSecret: Opening
    private var id: MetadataObjectID?
    private var undecided: Set<String> = []

    private init(reader: MemberReader, openSecret: @escaping Opening) {
        self.reader = reader
        self.openSecret = openSecret
    }

    static func decode(
        _ node: DocumentNode,
        _ collector: ProblemCollector,
        openSecret: @escaping Opening = { $0 }
    ) -> Outcome {
        let before = collector.problems.count
        guard let reader = MemberReader(node, "", collector) else { return .unreadable(nil) }
        var decoder = ObjectDecoder(reader: reader, openSecret: openSecret)
        guard let content = decoder.content(), collector.problems.count == before else {
            return .unreadable(decoder.id)
        }
        return .object(content, undecided: decoder.undecided)
    }

    private mutating func content() -> MetadataContent? {
        reader.skip(Self.serverMembers + Self.droppedMembers)
        guard let spelling = reader.string("kind", isRequired: true) else { return nil }
        guard let kind = MetadataKind(spelling: spelling) else {
            reader.report("kind", "invalid metadata object type \(spelling)")
            return nil
        }
        let content: MetadataContent?
        switch kind {
        case .jobType: content = jobType().map { .jobType($0) }
        case .jobDefinition: content = jobDefinition().map { .jobDefinition($0) }
        case .jobSet: content = jobSet().map { .jobSet($0) }
        case .schedule: content = schedule().map { .schedule($0) }
        case .exclusionsDefinition: content = exclusionsDefinition().map { .exclusionsDefinition($0) }
        case .incompatibility: content = incompatibility().map { .incompatibility($0) }
        case .workshift: content = workshift().map { .workshift($0) }
        case .workAssignment: content = workAssignment().map { .workAssignment($0) }
        case .purgePolicy: content = purgePolicy().map { .purgePolicy($0) }
        case .user: content = user().map { .user($0) }
        case .role: content = role().map { .role($0) }
        case .grant: content = grant().map { .grant($0) }
        }
        reader.finish()
        return content
    }

    // MARK: - Kinds

    private mutating func jobType() -> JobType? {
        let common = common(.jobType)
        let executionType = reader.choice("executionType", of: ExecutionType.allCases, isRequired: true)
        let extends = reference("extends", .jobType)
        let parameters = parameters(&reader)
        guard let id = common.id, let executionType else { return nil }
        return JobType(
            id: id,
            displayName: common.displayName,
            description: common.description,
            executionType: executionType,
            extends: extends,
            parameters: parameters
        )
    }

    private mutating func jobDefinition() -> JobDefinition? {
        let common = common(.jobDefinition)
        let jobType = reference("jobType", .jobType, isRequired: true)
        let application = reader.string("application", bytesMax: MetadataLimits.labelBytesMax)
        let parameters = parameters(&reader)
        let overridable = reader.words("overridable", "parameter name") { $0.isEmpty ? nil : $0 }
        guard let id = common.id, let jobType else { return nil }
        return JobDefinition(
            id: id,
            displayName: common.displayName,
            description: common.description,
            jobType: jobType,
            application: application,
            parameters: parameters,
            overridable: overridable
        )
    }

    private mutating func user() -> User? {
        let common = common(.user)
        let isEnabled = reader.boolean("enabled") ?? true
        let enterpriseID = reader.integer("enterpriseId") ?? User.defaultEnterpriseID
        if enterpriseID < 0 { reader.report("enterpriseId", "an enterprise id is not negative") }
        let roles = names("roles", .role)
        let passwordHash = reader.string("passwordHash", bytesMax: MetadataLimits.labelBytesMax)
        guard let id = common.id else { return nil }
        return User(
            name: id.name,
            displayName: common.displayName,
            description: common.description,
            isEnabled: isEnabled,
            enterpriseID: enterpriseID,
            roles: roles,
            passwordHash: passwordHash.map { PasswordHashText($0) }
        )
    }

    private mutating func role() -> Role? {
        let common = common(.role)
        let privileges = reader.words("privileges", "privilege") { Privilege(rawValue: $0) }
        let includes = names("includes", .role)
        guard let id = common.id else { return nil }
        return Role(
            name: id.name,
            displayName: common.displayName,
            description: common.description,
            privileges: Set(privileges),
            includes: includes
        )
    }

    // MARK: - Members of several kinds

    struct Common {
        let id: MetadataObjectID?
        let displayName: String?
        let description: String?
    }

    mutating func common(_ kind: MetadataKind) -> Common {
        let name = reader.string("name", isRequired: true)
        let package = kind.hasPackage ? package() : ""
        if let name, let package {
            id = MetadataObjectID(validating: kind, package: package, name: name)
            if id == nil {
                let isName = MetadataName.isName(name, of: kind)
                reader.report("name", isName ? "the id is too long" : "\(name) is no name of a \(kind.rawValue)")
            }
        }
        return Common(
            id: id,
            displayName: reader.string("displayName"),
            description: reader.string("description")
        )
    }

    private mutating func package() -> String? {
        guard let text = reader.string("package", isRequired: true) else { return nil }
        let segments = text.split(separator: "/")
        guard !segments.isEmpty, segments.allSatisfy(MetadataName.isSegment) else {
            reader.report("package", "\(text) is no package")
            return nil
        }
        return segments.map { "/" + $0 }.joined()
    }

    mutating func reference(_ name: String, _ kind: MetadataKind, isRequired: Bool = false) -> MetadataObjectID? {
        guard let text = reader.string(name, isRequired: isRequired) else { return nil }
        let id = try? MetadataObjectID(parsing: text, only: kind)
        if id == nil { reader.report(name, "\(text) is no id of a \(kind.rawValue)") }
        return id
    }

    /// Names of objects without package; their ids are taken too.
    mutating func names(_ name: String, _ kind: MetadataKind) -> [String] {
        reader.words(name, "name of a \(kind.rawValue)") { try? MetadataObjectID(parsing: $0, only: kind).name }
    }

    /// References to objects of one kind.
    mutating func references(_ name: String, _ kind: MetadataKind) -> [MetadataObjectID] {
        reader.words(name, "id of a \(kind.rawValue)") { try? MetadataObjectID(parsing: $0, only: kind) }
    }

    /// A reference to a definition or set. A text without kind is read as one of a definition, and its place kept:
    /// which it is depends on what exists.
    mutating func jobReference(
        _ name: String,
        _ reader: inout MemberReader,
        isRequired: Bool = true
    ) -> MetadataObjectID? {
        guard let text = reader.string(name, isRequired: isRequired) else { return nil }
        let ids = try? MetadataObjectID.candidates(parsing: text, kinds: [.jobDefinition, .jobSet])
        guard let ids, let first = ids.first else {
            reader.report(name, "\(text) is no id of a JobDefinition or JobSet")
            return nil
        }
        if ids.count > 1 { undecided.insert(reader.path(of: name)) }
        return first
    }

    /// The parameters that an object of the document declares.
    func parameters(_ reader: inout MemberReader) -> [Parameter] {
        (reader.list("parameters") ?? []).compactMap { item in
            guard let reader = MemberReader(item.node, item.path, reader.collector) else { return nil }
            var decoder = ParameterDecoder(reader: reader, openSecret: openSecret)
            return decoder.parameter()
        }
    }
}
