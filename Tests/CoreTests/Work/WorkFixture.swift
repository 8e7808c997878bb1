import SchedulerCore

/// Catalogues of work assignments, and questions to them.
enum WorkFixture {
    /// 2027-03-01T00:00:00Z.
    static let midnight = Timestamp.seconds(1_803_859_200)

    static func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/ops", name: name)
    }

    static func shift(
        _ name: String,
        _ allocation: Int64,
        schedule: String? = nil,
        minutes: Int64? = nil,
        asyncJavaLimit: Int64? = nil
    ) -> MetadataContent {
        .workshift(
            Workshift(
                id: id(.workshift, name),
                schedule: schedule.map { id(.schedule, $0) },
                duration: minutes,
                allocation: allocation,
                asyncJavaLimit: asyncJavaLimit
            )
        )
    }

    static func schedule(_ name: String, _ icalString: String, _ timezone: String = "UTC") -> MetadataContent {
        .schedule(
            StoredSchedule(
                id: id(.schedule, name),
                timezone: timezone,
                recurrences: [WrittenRecurrence(icalString: icalString)]
            )
        )
    }

    static func assignment(
        _ name: String,
        _ filter: String? = nil,
        shifts: [String],
        isActive: Bool = true,
        _ bindings: WorkBinding...
    ) throws -> MetadataContent {
        .workAssignment(
            WorkAssignment(
                id: id(.workAssignment, name),
                specialization: try filter.map { try Specialization(parsing: $0) },
                workshifts: shifts.map { id(.workshift, $0) },
                isActive: isActive,
                bindings: bindings
            )
        )
    }

    static func model(_ contents: MetadataContent...) -> WorkModel { model(contents) }

    static func model(_ contents: [MetadataContent]) -> WorkModel {
        let catalogue = Catalogue(contents.map { MetadataObject($0, origin: .directory) })
        return WorkModel(catalogue, settings: RecurrenceSettings())
    }

    /// Facts of a request of a product.
    static func facts(_ product: String?) -> SpecializationFacts {
        SpecializationFacts(
            application: "Acme",
            definition: id(.jobDefinition, "Import"),
            product: product,
            userName: "anna"
        )
    }
}

extension WorkModel {
    func plan(_ node: String = "a", _ threads: Int = 10, at now: Timestamp = WorkFixture.midnight) -> WorkPlan {
        plan(node: node, threads: threads, now: now)
    }
}

extension WorkPlan {
    /// Names of the active assignments with their threads.
    var divided: [String: Int] {
        Dictionary(uniqueKeysWithValues: shares.map { ($0.assignment.id.name, $0.threads) })
    }

    /// What becomes of a request of a product.
    func decide(
        _ product: String?,
        _ demand: WorkDemand = WorkDemand(),
        _ use: WorkUse = WorkUse()
    ) -> WorkDecision {
        decide(WorkFixture.facts(product), demand, use)
    }
}

extension WorkDecision {
    static func under(_ assignment: String, _ workshift: String) -> WorkDecision {
        .accepted(
            WorkGrant(
                assignment: WorkFixture.id(.workAssignment, assignment),
                workshift: WorkFixture.id(.workshift, workshift)
            )
        )
    }
}
