import SchedulerCore

extension ObjectDecoder {
    mutating func grant() -> Grant? {
        let common = common(.grant)
        let grantee = grantee()
        let metadata = (reader.list("metadata") ?? []).compactMap(metadataRule)
        let requests = (reader.list("requests") ?? []).compactMap(requestRule)
        guard let id = common.id, let grantee else { return nil }
        return Grant(
            name: id.name,
            displayName: common.displayName,
            description: common.description,
            grantee: grantee,
            metadata: metadata,
            requests: requests
        )
    }

    private mutating func grantee() -> Grant.Grantee? {
        guard let node = reader.node("grantee", isRequired: true),
            var members = MemberReader(node, reader.path(of: "grantee"), reader.collector)
        else { return nil }
        let user = members.string("user")
        let role = members.string("role")
        members.finish()
        guard let text = user ?? role, user == nil || role == nil else {
            reader.report("grantee", "a grantee is either a user or a role")
            return nil
        }
        let kind: MetadataKind = user == nil ? .role : .user
        guard let name = try? MetadataObjectID(parsing: text, only: kind).name else {
            members.report(user == nil ? "role" : "user", "\(text) is no name of a \(kind.rawValue)")
            return nil
        }
        return kind == .user ? .user(name) : .role(name)
    }

    private func metadataRule(_ item: MemberReader.Item) -> MetadataRule? {
        guard var rule = MemberReader(item.node, item.path, reader.collector) else { return nil }
        let resource = resource("resource", &rule, isRequired: true)
        let actions = rule.words("actions", "action on metadata") { MetadataAction(rawValue: $0) }
        rule.finish()
        return resource.map { MetadataRule(resource: $0, actions: Set(actions)) }
    }

    private func requestRule(_ item: MemberReader.Item) -> RequestRule? {
        guard var rule = MemberReader(item.node, item.path, reader.collector) else { return nil }
        let definitions = resource("definitions", &rule, isRequired: false)
        let filter = rule.string("filter")
        let actions = rule.words("actions", "action on requests") { RequestAction(spelling: $0) }
        rule.finish()
        return RequestRule(definitions: definitions ?? .all, filter: filter, actions: RequestActionSet(actions))
    }

    private func resource(_ name: String, _ rule: inout MemberReader, isRequired: Bool) -> ResourcePattern? {
        guard let text = rule.string(name, isRequired: isRequired) else { return nil }
        let pattern = ResourcePattern(text)
        if pattern == nil { rule.report(name, "\(text) is no resource") }
        return pattern
    }
}
