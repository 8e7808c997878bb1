extension CatalogueValidator {
    mutating func validate(_ incompatibility: Incompatibility) {
        let id = incompatibility.id
        var seen: Set<MetadataObjectID> = []
        for (index, entity) in incompatibility.entities.enumerated() {
            if !seen.insert(entity.entity).inserted {
                report(id, "/entities/\(index)/entity", "\(entity.entity) stands here twice")
            }
            checkProperty(entity, "/entities/\(index)/property", of: incompatibility)
        }
        let isAlone = seen.count < 2 && !incompatibility.entities.contains(where: \.isSelfIncompatible)
        if seen.isEmpty || isAlone {
            report(id, "/entities", "there are two entities, or one that is incompatible with itself")
        }
    }

    private mutating func checkProperty(
        _ entity: IncompatibleEntity,
        _ path: String,
        of incompatibility: Incompatibility
    ) {
        let id = incompatibility.id
        switch (incompatibility.type, entity.property) {
        case (.global, nil): break
        case (.global, _?): report(id, path, "a GLOBAL incompatibility compares no property")
        case (.domain, nil): report(id, path, "a DOMAIN incompatibility compares a property of each entity")
        case (.domain, let name?):
            if name.isEmpty || name.utf8.count > ParameterLimits.nameBytesMax {
                report(id, path, "a name has 1 to \(ParameterLimits.nameBytesMax) bytes")
            } else if SystemProperty.isReserved(name), SystemProperty.named(name) == nil {
                report(id, path, "\(name) is no system property, and SYS_ is reserved for them")
            }
        }
    }

    mutating func validate(_ shift: Workshift) {
        let minutes = 1...MetadataLimits.shiftMinutesMax
        if let duration = shift.duration {
            check(duration, in: minutes, "/duration", of: shift.id)
            if shift.schedule == nil {
                report(shift.id, "/duration", "a shift without schedule is always on", severity: .warning)
            }
        } else if shift.schedule != nil {
            report(shift.id, "/duration", "a shift with a schedule lasts \(minutes.shown) minutes each time")
        }
        let amounts = 0...MetadataLimits.workMax
        check(shift.allocation, in: amounts, "/allocation", of: shift.id)
        if let limit = shift.plsqlLimit { check(limit, in: amounts, "/plsqlLimit", of: shift.id) }
        if let limit = shift.asyncJavaLimit { check(limit, in: amounts, "/asyncJavaLimit", of: shift.id) }
    }

    mutating func validate(_ assignment: WorkAssignment) {
        if assignment.workshifts.isEmpty {
            report(assignment.id, "/workshifts", "an assignment without shift is never active", severity: .warning)
        }
        var shifts: Set<MetadataObjectID> = []
        for (index, shift) in assignment.workshifts.enumerated() where !shifts.insert(shift).inserted {
            report(assignment.id, "/workshifts/\(index)", "\(shift) stands here twice")
        }
        var nodes: Set<String> = []
        for (index, binding) in assignment.bindings.enumerated() {
            let path = "/bindings/\(index)/node"
            if binding.node.isEmpty {
                report(assignment.id, path, "a node has a name, and * stands for all")
            } else if !nodes.insert(binding.node).inserted {
                report(assignment.id, path, "node \(binding.node) stands here twice")
            }
        }
    }

    mutating func validate(_ policy: PurgePolicy) {
        if let most = policy.maxRequests { check(most, in: 1...Int64.max, "/maxRequests", of: policy.id) }
        let retention = policy.retention
        let days: [(member: String, days: Int64?)] = [
            ("default", retention.other), ("success", retention.success), ("error", retention.error),
            ("warning", retention.warning), ("cancelled", retention.cancelled),
        ]
        for (member, days) in days {
            guard let days else { continue }
            check(days, in: 0...MetadataLimits.retentionDaysMax, "/retentionDays/\(member)", of: policy.id)
        }
    }

    private mutating func check(
        _ value: Int64,
        in range: ClosedRange<Int64>,
        _ path: String,
        of id: MetadataObjectID
    ) {
        guard !range.contains(value) else { return }
        report(id, path, "\(value) is out of range \(range.shown)")
    }
}

extension ClosedRange<Int64> {
    /// As messages spell it; a range without practical end shows its beginning alone.
    fileprivate var shown: String {
        upperBound == .max ? "\(lowerBound).." : "\(lowerBound)..\(upperBound)"
    }
}
