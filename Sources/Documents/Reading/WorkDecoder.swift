import SchedulerCore

extension ObjectDecoder {
    // MARK: - Incompatibilities

    mutating func incompatibility() -> Incompatibility? {
        let common = common(.incompatibility)
        let type = reader.choice("type", of: Incompatibility.Scope.allCases, isRequired: true)
        let entities = (reader.list("entities", isRequired: true) ?? []).compactMap { entity($0) }
        guard let id = common.id, let type else { return nil }
        return Incompatibility(
            id: id,
            displayName: common.displayName,
            description: common.description,
            type: type,
            entities: entities
        )
    }

    private mutating func entity(_ item: MemberReader.Item) -> IncompatibleEntity? {
        guard var entity = MemberReader(item.node, item.path, reader.collector) else { return nil }
        let job = jobReference("entity", &entity)
        let property = entity.string("property")
        let isSelfIncompatible = entity.boolean("selfIncompatible") ?? false
        entity.finish()
        return job.map {
            IncompatibleEntity(entity: $0, property: property, isSelfIncompatible: isSelfIncompatible)
        }
    }

    // MARK: - Workshifts

    mutating func workshift() -> Workshift? {
        let common = common(.workshift)
        let schedule = reference("schedule", .schedule)
        let duration = reader.integer("duration")
        let allocation = reader.integer("allocation", isRequired: true)
        let plsqlLimit = reader.integer("plsqlLimit", orNone: Workshift.noLimit)
        let asyncJavaLimit = reader.integer("asyncJavaLimit", orNone: Workshift.noLimit)
        guard let id = common.id, let allocation else { return nil }
        return Workshift(
            id: id,
            displayName: common.displayName,
            description: common.description,
            schedule: schedule,
            duration: duration,
            allocation: allocation,
            plsqlLimit: plsqlLimit,
            asyncJavaLimit: asyncJavaLimit
        )
    }

    // MARK: - Work assignments

    mutating func workAssignment() -> WorkAssignment? {
        let common = common(.workAssignment)
        let specialization = specialization()
        let workshifts = references("workshifts", .workshift)
        let isActive = reader.boolean("active") ?? true
        let bindings = (reader.list("bindings") ?? []).compactMap(binding)
        guard let id = common.id else { return nil }
        return WorkAssignment(
            id: id,
            displayName: common.displayName,
            description: common.description,
            specialization: specialization,
            workshifts: workshifts,
            isActive: isActive,
            bindings: bindings
        )
    }

    private mutating func specialization() -> Specialization? {
        guard let text = reader.string("specialization") else { return nil }
        do throws(SchedulerError) {
            return try Specialization(parsing: text)
        } catch {
            reader.report("specialization", error.message)
            return nil
        }
    }

    private func binding(_ item: MemberReader.Item) -> WorkBinding? {
        guard var binding = MemberReader(item.node, item.path, reader.collector) else { return nil }
        let node = binding.string("node", isRequired: true, bytesMax: MetadataLimits.labelBytesMax)
        let scope = binding.choice("scope", of: WorkBinding.Scope.allCases) ?? .standard
        let isEnabled = binding.boolean("enabled") ?? true
        binding.finish()
        return node.map { WorkBinding(node: $0, scope: scope, isEnabled: isEnabled) }
    }
}
