import SchedulerCore
import Testing

@Suite("Choice of an assignment")
struct WorkDecisionTests {
    typealias Fixture = WorkFixture

    private static let ids = ["A", "B", "C"].map { Fixture.id(.workAssignment, $0) }

    private func plan(exclusive: Set<String> = [], limit: Int64? = nil) throws -> WorkPlan {
        Fixture.model(
            try ["A", "B", "C"].flatMap { name -> [MetadataContent] in
                let scope: WorkBinding.Scope = exclusive.contains(name) ? .exclusive : .standard
                return [
                    Fixture.shift(name, 4, asyncJavaLimit: limit),
                    try Fixture.assignment(name, shifts: [name], WorkBinding(node: "a", scope: scope)),
                ]
            }
        ).plan("a", 12)
    }

    @Test("Of several assignments an exclusive one is taken, then the one with most free threads, then by id")
    func order() throws {
        let use = WorkUse(threads: 3, byAssignment: [Self.ids[0]: 1, Self.ids[1]: 2])
        #expect(try plan().decide("GL") == .under("A", "A"))
        #expect(try plan().decide("GL", WorkDemand(), use) == .under("C", "C"))
        #expect(try plan(exclusive: ["B"]).decide("GL", WorkDemand(), use) == .under("B", "B"))
        #expect(try plan(exclusive: ["A", "B"]).decide("GL", WorkDemand(), use) == .under("A", "A"))
        let equal = WorkUse(threads: 2, byAssignment: [Self.ids[0]: 2])
        #expect(try plan().decide("GL", WorkDemand(), equal) == .under("B", "B"))
    }

    @Test("I55: nothing starts beyond a share; a job set needs no thread")
    func fullShares() throws {
        let full = WorkUse(threads: 12, byAssignment: Dictionary(uniqueKeysWithValues: Self.ids.map { ($0, 4) }))
        let expected = Self.ids.map { WorkObstacle.noFreeThread($0, threads: 4, inUse: 4) }
        #expect(try plan().decide("GL", WorkDemand(), full) == .waits(expected))
        #expect(try plan().decide("GL", WorkDemand(needsThread: false), full) == .under("A", "A"))
    }

    @Test("A22: nor beyond a limit of the shift, save a resume from SUSPEND")
    func limits() throws {
        let plan = try plan(exclusive: ["A"], limit: 2)
        let slot = WorkSlot(assignment: Self.ids[0], workshift: Fixture.id(.workshift, "A"), kind: .asyncJava)
        let demand = WorkDemand(kind: .asyncJava)
        #expect(plan.decide("GL", demand, WorkUse(slots: [slot: 1])) == .under("A", "A"))
        let full = WorkUse(slots: [slot: 2])
        #expect(plan.decide("GL", demand, full) == .waits([.asyncLimit(slot, limit: 2, inUse: 2)]))
        #expect(plan.decide("GL", WorkDemand(kind: .plsql), full) == .under("A", "A"))
        #expect(plan.decide("GL", WorkDemand(kind: .asyncJava, mayExceedLimits: true), full) == .under("A", "A"))
    }

    @Test("A limit of 0 lets nothing of its kind start")
    func zero() throws {
        let plan = try plan(limit: 0)
        guard case .waits(let obstacles) = plan.decide("GL", WorkDemand(kind: .asyncJava)) else {
            Issue.record("something was started")
            return
        }
        #expect(obstacles.map(\.code.rawValue) == ["ASYNC_LIMIT", "ASYNC_LIMIT", "ASYNC_LIMIT"])
    }

    @Test(
        "Which jobs a limit counts",
        arguments: [
            (ExecutorKind.sql, false, WorkLimitKind.plsql), (.http, true, .asyncJava), (.http, false, nil),
            (.soapAsynchronous, true, .asyncJava), (.soapSynchronous, false, nil), (.soapOneway, false, nil),
            (.swift, nil, .asyncJava), (.process, false, nil), (nil, nil, nil),
        ] as [(ExecutorKind?, Bool?, WorkLimitKind?)]
    )
    func kinds(_ executor: ExecutorKind?, _ isAsynchronous: Bool?, _ kind: WorkLimitKind?) {
        var facts = RequestFacts(
            definitionID: Fixture.id(.jobDefinition, "J"),
            jobTypeID: nil,
            executor: executor,
            application: "Acme",
            submitter: "anna"
        )
        facts.isAsynchronous = isAsynchronous
        #expect(WorkLimitKind(facts) == kind)
    }

    @Test("I56: whatever is decided, only an active assignment of the node that accepts it is taken")
    func random() throws {
        var random = SeededGenerator(seed: 56)
        let products = ["GL", "AR", "AP"]
        for _ in 0..<400 {
            let names = ["A", "B", "C", "D"]
            var contents: [MetadataContent] = []
            for name in names {
                contents.append(Fixture.shift(name, Int64.random(in: 0...3, using: &random)))
                var bindings: [WorkBinding] = []
                for node in ["a", "b"] where Bool.random(using: &random) {
                    bindings.append(
                        WorkBinding(
                            node: node,
                            scope: Int.random(in: 0...2, using: &random) == 0 ? .exclusive : .standard,
                            isEnabled: Int.random(in: 0...3, using: &random) > 0
                        )
                    )
                }
                let product = products.randomElement(using: &random).map { "PRODUCT eq \"\($0)\"" }
                contents.append(
                    .workAssignment(
                        WorkAssignment(
                            id: Fixture.id(.workAssignment, name),
                            specialization: Bool.random(using: &random)
                                ? try product.map { try Specialization(parsing: $0) } : nil,
                            workshifts: [Fixture.id(.workshift, name)],
                            isActive: Int.random(in: 0...3, using: &random) > 0,
                            bindings: bindings
                        )
                    )
                )
            }
            try check(contents, products, Fixture.model(contents))
        }
    }

    private func check(_ contents: [MetadataContent], _ products: [String], _ model: WorkModel) throws {
        let assignments = contents.compactMap { content -> WorkAssignment? in
            if case .workAssignment(let assignment) = content { assignment } else { nil }
        }
        let shifts = Dictionary(
            uniqueKeysWithValues: contents.compactMap { content -> (MetadataObjectID, Int64)? in
                if case .workshift(let shift) = content { (shift.id, shift.allocation) } else { nil }
            }
        )
        for node in ["a", "b"] {
            for product in products {
                let facts = Fixture.facts(product)
                let accepting = assignments.filter { $0.accepts(facts) && $0.isActive }
                let isClaimed = accepting.contains { $0.bindings.contains { $0.isEnabled && $0.scope == .exclusive } }
                let isBound = assignments.contains { $0.binding(to: node) != nil }
                let able = accepting.filter { assignment in
                    guard let binding = assignment.binding(to: node), binding.isEnabled else { return false }
                    return (!isClaimed || binding.scope == .exclusive) && (shifts[assignment.workshifts[0]] ?? 0) > 0
                }
                switch model.plan(node, 100).decide(product) {
                case .accepted(nil): #expect(!isBound && !isClaimed)
                case .accepted(let grant?): #expect(able.contains { $0.id == grant.assignment })
                case .waits(let obstacles): #expect(!obstacles.isEmpty && able.isEmpty && (isBound || isClaimed))
                }
            }
        }
    }
}
