/// Checks a whole set of objects as it would be after a change: every object by itself and every reference
/// (administration §1.4). Finds all that is wrong at once.
package struct CatalogueValidator {
    let contents: [MetadataObjectID: MetadataContent]
    private let objects: [MetadataObject]
    private var problems: [CatalogueProblem] = []
    private(set) lazy var nesting = JobSetNesting(of: contents.values.compactMap(\.jobSet))
    private(set) lazy var definitions = resolvedDefinitions()

    /// Problems of `objects`, which stand beside the built-in ones, in their order.
    package static func problems(in objects: [MetadataObject]) -> [CatalogueProblem] {
        var validator = CatalogueValidator(objects)
        validator.validate()
        return validator.problems
    }

    private init(_ objects: [MetadataObject]) {
        self.objects = objects
        var contents: [MetadataObjectID: MetadataContent] = [:]
        for object in objects + Catalogue.builtInObjects { contents[object.id] = object.content }
        self.contents = contents
    }

    private mutating func validate() {
        let builtIn = Set(Catalogue.builtInObjects.map(\.id)).union(BuiltInJobType.allCases.flatMap(\.aliases))
        for object in objects where object.origin != .builtIn {
            guard !builtIn.contains(object.id) || BuiltInWork.mayReplaceBuiltIn(object.content) else {
                report(object.id, "", "\(object.id) is built in and cannot be replaced", code: 30007)
                continue
            }
            for reference in object.content.references where !exists(reference.id) {
                reportMissing(object.id, reference.path, reference.id)
            }
            switch object.content {
            case .jobType(let type): validate(type)
            case .jobDefinition(let definition): validate(definition)
            case .jobSet(let set): validate(set)
            case .schedule(let schedule): validate(schedule)
            case .exclusionsDefinition(let definition): validate(definition)
            case .incompatibility(let incompatibility): validate(incompatibility)
            case .workshift(let shift): validate(shift)
            case .workAssignment(let assignment): validate(assignment)
            case .purgePolicy(let policy): validate(policy)
            case .user(let user): validate(user)
            case .role(let role): validate(role)
            case .grant(let grant): validate(grant)
            }
        }
    }

    mutating func report(
        _ object: MetadataObjectID,
        _ path: String,
        _ message: String,
        code: ErrorCode = 30002,
        severity: CatalogueProblem.Severity = .error
    ) {
        problems.append(CatalogueProblem(object, path, message, code: code, severity: severity))
    }

    private mutating func reportMissing(_ object: MetadataObjectID, _ path: String, _ reference: MetadataObjectID) {
        let message = "\(reference) does not exist"
        problems.append(CatalogueProblem(object, path, message, code: 30003, missing: reference))
    }

    func exists(_ id: MetadataObjectID) -> Bool { contents[id] != nil || BuiltInJobType(id) != nil }

    func jobType(_ id: MetadataObjectID) -> JobType? {
        if let builtIn = BuiltInJobType(id) { return builtIn.jobType }
        guard case .jobType(let type) = contents[id] else { return nil }
        return type
    }

    private func resolvedDefinitions() -> [MetadataObjectID: ResolvedDefinition] {
        contents.compactMapValues { content in
            guard case .jobDefinition(let definition) = content else { return nil }
            return ResolvedDefinition(definition, jobType: jobType)
        }
    }

    // MARK: - Users, roles, grants

    private mutating func validate(_ user: User) {
        if let hash = user.passwordHash, !hash.hasKnownForm {
            let forms = PasswordHashText.prefixes.joined(separator: " or ")
            report(user.id, "/passwordHash", "a password hash begins with \(forms)")
        }
    }

    private mutating func validate(_ role: Role) {
        for (index, name) in role.includes.enumerated() where includes(name, role.name) {
            report(role.id, "/includes/\(index)", "role \(role.name) would include itself by way of \(name)")
        }
    }

    /// Whether one role is another or includes it, directly or not.
    private func includes(_ name: String, _ wanted: String) -> Bool {
        var seen: Set<String> = []
        var open = [name]
        while let next = open.popLast() {
            if next == wanted { return true }
            guard seen.insert(next).inserted,
                case .role(let role) = contents[MetadataObjectID(kind: .role, package: "", name: next)]
            else { continue }
            open.append(contentsOf: role.includes)
        }
        return false
    }

    private mutating func validate(_ grant: Grant) {
        for (index, rule) in grant.requests.enumerated() {
            guard let filter = rule.filter else { continue }
            do throws(SchedulerError) {
                _ = try FilterParser<RequestField>.parse(filter, normalise: MetadataObjectID.canonicalText)
            } catch {
                report(grant.id, "/requests/\(index)/filter", error.message)
            }
        }
    }
}
