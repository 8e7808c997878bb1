package import SchedulerCore
package import Testing

/// Two stores that must agree: on every answer, and on all they hold in the end.
package enum StoreComparison {
    /// Requests that are compared in one page at the end.
    private static let pageSize = 500

    /// Leads the same life with both.
    ///
    /// - Parameters:
    ///   - left: shares its time with `right`.
    ///   - right: the other store.
    ///   - life: decides the steps; goes on where it stood.
    ///   - steps: how many.
    ///   - sourceLocation: of the test.
    /// - Returns: how often each outcome came, so that a caller can see that the life was a full one.
    /// - Throws: what no store may throw.
    @discardableResult
    package static func run(
        _ left: StoreUnderTest,
        _ right: StoreUnderTest,
        life: inout RandomLife,
        steps: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> LifeSummary {
        let seed = life.seed
        var summary = LifeSummary()
        let catalogue = try life.catalogue
        for store in [left, right] { store.changeCatalogue(catalogue) }
        for number in 0..<steps {
            let step = life.next(left.time)
            let expected = try await step.run(on: left)
            let actual = try await step.run(on: right)
            guard expected == actual else {
                Issue.record(
                    "seed \(seed), step \(number): \(step)\nleft: \(expected)\nright: \(actual)",
                    sourceLocation: sourceLocation
                )
                return summary
            }
            life.learn(expected)
            summary.note(expected)
        }
        try await compareContent(left.store, right.store, seed: seed, sourceLocation: sourceLocation)
        return summary
    }

    /// Compares everything that can be read.
    package static func compareContent(
        _ left: any WholeStore,
        _ right: any WholeStore,
        seed: UInt64,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var query = RequestQuery(limit: pageSize)
        query.includesParameters = true
        while true {
            let expected = try await left.requests(query)
            let actual = try await right.requests(query)
            #expect(expected == actual, "seed \(seed), page at \(query.offset)", sourceLocation: sourceLocation)
            for id in expected.map(\.request.id) {
                let comment: Comment = "seed \(seed), request \(id)"
                let histories = try await (left.history(of: id), right.history(of: id))
                #expect(histories.0 == histories.1, comment, sourceLocation: sourceLocation)
                let deliveries = try await (left.deliveries(of: id), right.deliveries(of: id))
                #expect(deliveries.0 == deliveries.1, comment, sourceLocation: sourceLocation)
                let trails = try await (
                    left.auditTrail(targetKind: "Request", targetID: id.description),
                    right.auditTrail(targetKind: "Request", targetID: id.description)
                )
                #expect(trails.0 == trails.1, comment, sourceLocation: sourceLocation)
            }
            guard expected.count == pageSize else { break }
            query.offset += pageSize
        }
        let metadata = try await (left.metadata(), right.metadata())
        #expect(metadata.0 == metadata.1, "seed \(seed)", sourceLocation: sourceLocation)
    }
}

/// What a life held.
package struct LifeSummary: Hashable, Sendable {
    package var states: Set<RequestState> = []
    package var refusals: Set<Int> = []
    package var started = 0
    /// Under a work assignment.
    package var assigned = 0
    package var listed = 0

    package init() {}

    mutating func note(_ answer: StoreAnswer) {
        switch answer {
        case .results(let results):
            states.formUnion(results.compactMap { $0.request?.state })
            refusals.formUnion(results.compactMap(\.refusal))
        case .claimed(let result):
            started += result.started.count
            assigned += result.started.count { $0.request.workAssignment != nil }
        case .details(let details): listed += details.count
        case .refused(let error): refusals.insert(error.code.number)
        default: break
        }
    }

    package mutating func merge(_ other: LifeSummary) {
        states.formUnion(other.states)
        refusals.formUnion(other.refusals)
        started += other.started
        assigned += other.assigned
        listed += other.listed
    }
}
