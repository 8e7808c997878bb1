/// Checks a whole set of objects as it would be after a change: every object by itself and every reference
/// (administration §1.4). Finds all that is wrong at once.
package struct CatalogueValidator {
    let contents: [MetadataObjectID: MetadataContent]
    private let objects: [MetadataObject]
    private var problems: [CatalogueProblem] = []

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
            guard !builtIn.contains(object.id) else {
                report(object.id, "", "\(object.id) is built in and cannot be replaced", code: 30007)
                continue
            }
            switch object.content {
            case .jobType(let type): validate(type)
            case .jobDefinition(let definition): validate(definition)
            case .jobSet, .incompatibility, .workshift, .workAssignment, .purgePolicy: break
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

    mutating func reportMissing(_ object: MetadataObjectID, _ path: String, _ reference: MetadataObjectID) {
        let message = "\(reference) does not exist"
        problems.append(CatalogueProblem(object, path, message, code: 30003, missing: reference))
    }

    func exists(_ kind: MetadataKind, _ name: String) -> Bool {
        contents[MetadataObjectID(kind: kind, package: "", name: name)] != nil
    }

    func jobType(_ id: MetadataObjectID) -> JobType? {
        if let builtIn = BuiltInJobType(id) { return builtIn.jobType }
        guard case .jobType(let type) = contents[id] else { return nil }
        return type
    }

    // MARK: - Users, roles, grants

    private mutating func validate(_ user: User) {
        for (index, role) in user.roles.enumerated() where !exists(.role, role) {
            reportMissing(user.id, "/roles/\(index)", MetadataObjectID(kind: .role, package: "", name: role))
        }
        if let hash = user.passwordHash, !hash.hasKnownForm {
            let forms = PasswordHashText.prefixes.joined(separator: " or ")
            report(user.id, "/passwordHash", "a password hash begins with \(forms)")
        }
    }

    private mutating func validate(_ role: Role) {
        for (index, name) in role.includes.enumerated() {
            if !exists(.role, name) {
                reportMissing(role.id, "/includes/\(index)", MetadataObjectID(kind: .role, package: "", name: name))
            } else if includes(name, role.name) {
                report(role.id, "/includes/\(index)", "role \(role.name) would include itself by way of \(name)")
            }
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
        let (kind, member, name) =
            switch grant.grantee {
            case .user(let name): (MetadataKind.user, "user", name)
            case .role(let name): (MetadataKind.role, "role", name)
            }
        if !exists(kind, name) {
            reportMissing(grant.id, "/grantee/\(member)", MetadataObjectID(kind: kind, package: "", name: name))
        }
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
