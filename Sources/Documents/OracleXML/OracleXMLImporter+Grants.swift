import SchedulerCore

/// Grants of `jazn-data.xml`: one Grant for each user and role of an application, with all that the file gives it.
extension OracleXMLImporter {
    private struct Collected {
        let grantee: Grant.Grantee
        let line: Int
        let path: String
        var metadata: [DocumentNode] = []
        var requests: [DocumentNode] = []
    }

    /// Elements on the way to grants.
    private static let ways: Set<String> = [
        "jazndata", "policystore", "applications", "application", "jaznpolicy", "grants", "systempolicy",
    ]

    func grants(of root: OracleElement) {
        var collected: [String: Collected] = [:]
        var order: [String] = []
        walk(ElementReader(root, path: root.name, report: report), application: nil, &collected, &order)
        for name in order {
            guard let grant = collected[name], !grant.metadata.isEmpty || !grant.requests.isEmpty else { continue }
            var members = MemberBuilder(line: grant.line)
            members.add("kind", .string(MetadataKind.grant.rawValue), line: grant.line)
            members.add("name", .string(name), line: grant.line)
            var grantee = MemberBuilder(line: grant.line)
            switch grant.grantee {
            case .user(let user): grantee.add("user", .string(user), line: grant.line)
            case .role(let role): grantee.add("role", .string(role), line: grant.line)
            }
            members.add("grantee", grantee.node.content, line: grant.line)
            members.add("metadata", grant.metadata)
            members.add("requests", grant.requests)
            add(members.node, at: ImportPlace(line: grant.line, path: grant.path))
        }
    }

    private func walk(
        _ reader: ElementReader,
        application: String?,
        _ collected: inout [String: Collected],
        _ order: inout [String]
    ) {
        var reader = reader
        var application = application
        if reader.key == "application" { application = reader.text("name").map(\.text) ?? application }
        for child in reader.children(of: { Self.ways.contains($0) || $0 == "grant" }) {
            if child.key == "grant" {
                readGrant(child, application, &collected, &order)
            } else {
                walk(child, application: application, &collected, &order)
            }
        }
        for child in reader.children(of: { ["approles", "jaznrealm", "realm"].contains($0) }) {
            report.add(.ignored, child.place, "users, roles and their members are not imported")
        }
        reader.finish()
    }

    // MARK: - One grant

    private func readGrant(
        _ reader: ElementReader,
        _ application: String?,
        _ collected: inout [String: Collected],
        _ order: inout [String]
    ) {
        var reader = reader
        var grantees: [(grantee: Grant.Grantee, place: ImportPlace)] = []
        for child in reader.children("grantee") {
            var child = child
            for principal in child.children(["principal"], in: ["principals"]) {
                if let grantee = grantee(principal) { grantees.append((grantee, principal.place)) }
            }
            child.finish()
        }
        var metadata: [DocumentNode] = []
        var requests: [DocumentNode] = []
        for permission in reader.children(["permission"], in: ["permissions"]) {
            var permission = permission
            readPermission(&permission, &metadata, &requests)
            permission.finish()
        }
        reader.finish()
        guard !metadata.isEmpty || !requests.isEmpty else { return }
        guard !grantees.isEmpty else {
            return report.add(.ignored, reader.place, "is given to no user or role")
        }
        for (grantee, place) in grantees {
            let name = name(of: grantee, application, collected)
            if collected[name] == nil {
                collected[name] = Collected(grantee: grantee, line: place.line, path: place.path)
                order.append(name)
            }
            collected[name]?.metadata += metadata
            collected[name]?.requests += requests
        }
    }

    /// The name of the grant: application and grantee, so that a second import meets the same one.
    private func name(of grantee: Grant.Grantee, _ application: String?, _ others: [String: Collected]) -> String {
        let prefix = application.map { $0.replacingXMLBlanks + "." } ?? ""
        let name =
            switch grantee {
            case .user(let user): prefix + "user." + user.filter { $0 != "@" && $0 != "+" }
            case .role(let role): prefix + role
            }
        var unique = name
        var number = 2
        while let other = others[unique], other.grantee != grantee {
            unique = "\(name)-\(number)"
            number += 1
        }
        return unique
    }

    private func grantee(_ reader: ElementReader) -> Grant.Grantee? {
        var reader = reader
        let type = reader.text("class", "type")?.text ?? ""
        let name = reader.text("name")
        reader.finish()
        let words = type.lowercased()
        guard let name, !words.contains("anonymous"), !words.contains("authenticated") else {
            report.add(.ignored, reader.place, "a principal that is no named user or role")
            return nil
        }
        let text = withoutBlanks(name)
        let isUser = words.contains("user")
        guard MetadataName.isName(text, of: isUser ? .user : .role) else {
            report.add(.ignored, name.place, "\(ImportReport.quoted(text)) is no name of a user or role")
            return nil
        }
        return isUser ? .user(text) : .role(text)
    }

    // MARK: - Permissions

    private func readPermission(
        _ reader: inout ElementReader,
        _ metadata: inout [DocumentNode],
        _ requests: inout [DocumentNode]
    ) {
        let type = reader.text("class")?.text.split(separator: ".").last ?? ""
        let name = reader.text("name", "resource")
        let actions = reader.text("actions")
        guard ["MetadataPermission", "RuntimeDataPermission"].contains(type) else {
            let word = ImportReport.quoted(String(type))
            return report.add(.ignored, reader.place, "\(word) is no permission of the scheduler")
        }
        guard let name, let actions else {
            return report.add(.ignored, reader.place, "a permission without name or actions")
        }
        let resource = withoutBlanks(name)
        guard ResourcePattern(resource) != nil else {
            return report.add(.ignored, name.place, "\(ImportReport.quoted(resource)) is no resource")
        }
        let isMetadata = type == "MetadataPermission"
        let words = actions.text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        let known = words.compactMap { word -> DocumentNode? in
            guard let action = isMetadata ? Self.metadataAction(word) : Self.requestAction(word) else {
                report.add(.ignored, actions.place, "\(ImportReport.quoted(word)) is no action")
                return nil
            }
            return .text(action, line: actions.place.line)
        }
        guard !known.isEmpty else { return }
        var rule = MemberBuilder(line: reader.element.line)
        rule.add(isMetadata ? "resource" : "definitions", .string(resource), line: name.place.line)
        rule.add("actions", known)
        if isMetadata { metadata.append(rule.node) } else { requests.append(rule.node) }
    }

    private static func metadataAction(_ word: String) -> String? {
        MetadataAction(rawValue: word.uppercased())?.rawValue
    }

    private static func requestAction(_ word: String) -> String? {
        let action = RequestAction(spelling: word) ?? RequestAction(spelling: "ESS_REQUEST_" + word.uppercased())
        return action?.rawValue
    }
}
