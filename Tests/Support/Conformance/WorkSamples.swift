import SchedulerCore

/// Work assignments that checks of stores share.
enum WorkSamples {
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

    /// A schedule of single instants.
    static func schedule(_ name: String, _ instants: Timestamp...) -> MetadataContent {
        .schedule(StoredSchedule(id: id(.schedule, name), inclusions: instants))
    }

    /// An assignment for requests of a product, or all, bound to nodes.
    static func assignment(
        _ name: String,
        product: String? = nil,
        shifts: [String],
        _ bindings: WorkBinding...
    ) throws -> MetadataContent {
        let filter = product.map { "PRODUCT eq \"\($0)\"" }
        return try assignment(name, where: filter, shifts: shifts, bindings)
    }

    static func assignment(
        _ name: String,
        where filter: String?,
        shifts: [String],
        _ bindings: [WorkBinding]
    ) throws -> MetadataContent {
        .workAssignment(
            WorkAssignment(
                id: id(.workAssignment, name),
                specialization: try filter.map { try Specialization(parsing: $0) },
                workshifts: shifts.map { id(.workshift, $0) },
                bindings: bindings
            )
        )
    }
}

extension StoreUnderTest {
    func putInForce(_ contents: MetadataContent...) { putInForce(contents) }

    func putInForce(_ contents: [MetadataContent]) {
        changeCatalogue(Catalogue(contents.map { MetadataObject($0, origin: .directory) }))
    }

    @discardableResult
    func submit(product: String, priority: Int = 4, asynchronous: Bool = false) async throws -> RequestID {
        var submission = asynchronous ? StoreSamples.asynchronous() : StoreSamples.submission(executor: .process)
        submission.policy.priority = priority
        submission.facts.product = product
        return try await submit(submission).id
    }

    /// A pass of the node of a name, with so many threads, none of them in use but those told.
    func pass(
        _ limit: Int,
        on name: String = "a",
        ready: Int = 0,
        without classes: Set<WorkClass> = [],
        inUse: [String: Int] = [:],
        starvesFrom: Timestamp? = nil
    ) async throws -> ClaimResult {
        let node = name == "a" ? StoreSamples.node : StoreSamples.otherNode
        if try await store.renew(node, lease: StoreSamples.lease) == .none { try await store.enter(node) }
        let used = inUse.map { (WorkSamples.id(.workAssignment, $0.key), $0.value) }
        return try await store.claim(
            Claim(
                node: node,
                processor: name,
                limit: limit,
                readyLimit: ready,
                without: classes,
                inUse: Dictionary(uniqueKeysWithValues: used),
                starvesFrom: starvesFrom
            )
        )
    }
}

extension ClaimResult {
    /// What was started, by the name of the assignment.
    var startedByAssignment: [String: Int] {
        Dictionary(grouping: started) { $0.request.workAssignment?.name ?? "" }.mapValues(\.count)
    }
}
