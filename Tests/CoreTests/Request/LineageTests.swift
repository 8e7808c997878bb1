import SchedulerCore
import Testing

/// Place of requests in their trees (runtime §1.2).
struct LineageTests {
    private static func request(_ lineage: Lineage, attempt: Int = 1) -> JobRequest {
        let submission = Submission(facts: RequestShape.facts())
        var request = JobRequest(lineage: lineage, submission: submission, now: RequestShape.submitted)
        request.attempt = attempt
        return request
    }

    private static func child(
        _ type: RequestType,
        of parent: JobRequest,
        _ number: Int64,
        step: String? = nil
    ) throws -> JobRequest {
        try request(.child(type, of: parent, id: RequestID(number), step: step))
    }

    @Test("A root is its own root; its own instance parent unless instances stand below it")
    func roots() {
        for type in RequestType.allCases where type.isRoot {
            let root = Lineage.root(type, id: RequestID(5))
            #expect(root.requestID == RequestID(5) && root.absParentID == RequestID(5), "\(type)")
            #expect(root.instanceParentID == RequestID(type.isRecurringParent ? 0 : 5), "\(type)")
            #expect(root.parentID == nil && root.parentAttempt == nil && root.stepID == nil, "\(type)")
        }
    }

    @Test("Instances are instance parents of what they bring about, over steps and sub-requests")
    func tree() throws {
        let schedule = Self.request(.root(.jobSetRecurParent, id: RequestID(1)))
        let instance = try Self.child(.jobSetRecurChild, of: schedule, 2)
        let step = try Self.child(.jobSetStep, of: instance, 3, step: "load")
        let inner = try Self.child(.jobSetStep, of: step, 4, step: "inner")
        let below = try Self.child(.subRequest, of: inner, 5)
        let family = [schedule, instance, step, inner, below].map(\.lineage)
        #expect(family.map(\.absParentID.value) == [1, 1, 1, 1, 1])
        #expect(family.map(\.instanceParentID.value) == [0, 2, 2, 2, 2])
        #expect(family.map(\.parentID?.value) == [nil, 1, 2, 3, 4])
        #expect(family.map(\.stepID) == [nil, nil, "load", "load.inner", nil])
        let single = Self.request(.root(.singleton, id: RequestID(6)))
        #expect(try Self.child(.subRequest, of: single, 7).lineage.instanceParentID == RequestID(6))
    }

    @Test("A child names the attempt of its parent that made it")
    func attempt() throws {
        let parent = Self.request(.root(.singleton, id: RequestID(1)), attempt: 3)
        #expect(try Self.child(.subRequest, of: parent, 2).lineage.parentAttempt == 3)
    }

    @Test("Each type stands only below its own parents, a step only with its name")
    func impossible() throws {
        let parents: [RequestType: [RequestType]] = [
            .recurChild: [.recurParent], .jobSetRecurChild: [.jobSetRecurParent],
            .jobSetStep: [.jobSetSingleton, .jobSetRecurChild, .jobSetStep],
            .subRequest: [.singleton, .recurChild, .jobSetStep, .subRequest],
        ]
        for parentType in RequestType.allCases {
            let lineage = Lineage(
                requestID: RequestID(2),
                type: parentType,
                parentID: nil,
                parentAttempt: nil,
                stepID: nil,
                absParentID: RequestID(1),
                instanceParentID: RequestID(1)
            )
            let parent = Self.request(lineage)
            for type in RequestType.allCases {
                let step = type == .jobSetStep ? "load" : nil
                let isPossible = parents[type]?.contains(parentType) ?? false
                let made = try? Lineage.child(type, of: parent, id: RequestID(3), step: step)
                #expect((made != nil) == isPossible, "\(type) below \(parentType)")
                let misnamed = step == nil ? "load" : nil
                #expect(throws: SchedulerError.self, "\(type) below \(parentType)") {
                    try Lineage.child(type, of: parent, id: RequestID(3), step: misnamed)
                }
            }
        }
    }

    @Test("REST §5.3, runtime §4: what waits or will be retried hinders another, unless a parent made it")
    func hindersAnother() throws {
        let pending: [RequestShape] = [.wait, .ready, .blocked, .hold, .pendingValidation, .errorAutoRetry]
        for shape in RequestShape.allCases {
            #expect(shape.request().hindersAnotherPending == pending.contains(shape), "\(shape)")
            #expect(shape.request(.recurParent).hindersAnotherPending == pending.contains(shape), "\(shape)")
        }
        let schedule = Self.request(.root(.recurParent, id: RequestID(1)))
        let instance = try Self.child(.recurChild, of: schedule, 2)
        let set = Self.request(.root(.jobSetSingleton, id: RequestID(3)))
        let step = try Self.child(.jobSetStep, of: set, 4, step: "load")
        for child in try [instance, step, Self.child(.subRequest, of: instance, 5)] {
            #expect(child.state == .wait && !child.hindersAnotherPending, "\(child.lineage.type)")
        }
    }
}
