import SchedulerCore
import Testing

/// Requests that take what the metadata say now (administration §1.3).
package enum RefreshChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("A6: facts, policy and parameters are replaced together, and found by queries") { test in
            var submission = StoreSamples.submission()
            submission.parameters = [Parameter(name: "day", value: "1", isSubmitted: true)]
            let id = try await test.submit(submission).id
            let before = try await test.stored(id)
            let refreshed = item(try await detail(id, test), product: "new", value: "2")
            try await test.perform(.refresh(RequestRefresh([refreshed])), on: id)
            let after = try await detail(id, test)
            #expect(after.request.facts == refreshed.facts && after.request.policy == refreshed.policy)
            #expect(after.parameters == refreshed.parameters)
            #expect(after.request.revision == before.revision + 1 && after.request.state == .wait)
            var query = RequestQuery(limit: 10)
            query.filter = .comparison(.product, .equal, .text("new"))
            #expect(try await test.store.requests(query).map(\.request.id) == [id])
            let started = try #require(try await test.claim().started.first)
            #expect(started.request.facts == refreshed.facts && started.parameters == refreshed.parameters)
            try await test.perform(
                .refresh(RequestRefresh([refreshed])),
                on: id,
                expecting: .refused(SchedulerError(1028, id.description, "RUNNING"))
            )
        },
        StoreCheck("A node that does not take the new work leaves it alone") { test in
            let id = try await test.submit().id
            try await test.perform(.hold, on: id)
            var refreshed = item(try await detail(id, test), product: "new", value: "2")
            refreshed = RequestRefresh.Item(
                id,
                base: refreshed.base,
                facts: {
                    var facts = refreshed.facts
                    facts.requestedProcessor = "elsewhere"
                    return facts
                }(),
                policy: refreshed.policy,
                parameters: refreshed.parameters
            )
            try await test.perform(.refresh(RequestRefresh([refreshed])), on: id)
            try await test.perform(.release, on: id)
            #expect(try await test.claim().started.isEmpty)
            #expect(try await test.stored(id).facts.requestedProcessor == "elsewhere")
        },
        StoreCheck("What was made of other parameters than the stored ones is void") { test in
            let id = try await test.submit().id
            let refreshed = item(try await detail(id, test), product: "new", value: "2")
            let change = RequestPatch(parameters: [SubmittedParameter(name: "day", type: .string, value: "3")])
            try await test.perform(.patch(change), on: id)
            let before = try await detail(id, test)
            try await test.perform(
                .refresh(RequestRefresh([refreshed])),
                on: id,
                expecting: .refused(SchedulerError(1051, id.description))
            )
            #expect(try await detail(id, test) == before)
        },
        StoreCheck("A recurring parent takes its waiting instance along, and no running one") { test in
            let parent = try await test.submit(StoreSamples.recurring("FREQ=MINUTELY")).id
            let running = try #require(try await test.startAll().first)
            let next = try #require(try await test.children(of: parent).last)
            let alone = item(try await detail(parent, test), product: "new", value: "2")
            try await test.perform(
                .refresh(RequestRefresh([alone])),
                on: parent,
                expecting: .refused(SchedulerError(1051, parent.description))
            )
            let instance = item(try await detail(next.id, test), product: "new", value: "2")
            try await test.perform(.refresh(RequestRefresh([alone, instance])), on: parent)
            #expect(try await test.stored(parent).facts.product == "new")
            #expect(try await test.stored(next.id).facts.product == "new")
            #expect(try await detail(next.id, test).parameters == instance.parameters)
            #expect(try await test.stored(running.id).facts.product == nil)
        },
        StoreCheck("A job set takes its steps anew before it starts") { test in
            let set = StoreSamples.jobSet(StoreSamples.plan(.serial, StoreSamples.step("a")))
            let id = try await test.submit(set).id
            let plan = StoreSamples.plan(.serial, StoreSamples.step("b"))
            let same = item(try await detail(id, test), product: nil, value: "1")
            try await test.perform(.refresh(RequestRefresh([same], jobSet: plan)), on: id)
            try await test.startAll()
            #expect(try await test.children(of: id).map(\.lineage.stepID) == ["b"])
        },
        StoreCheck("A recurring job set keeps its steps while an instance of it is under way") { test in
            var set = try StoreSamples.recurring("FREQ=MINUTELY")
            let steps = StoreSamples.plan(.serial, StoreSamples.step("a"))
            set.placement = .root(.jobSetRecurParent)
            set.facts = StoreSamples.jobSet(steps).facts
            set.plan?.jobSet = steps
            let parent = try await test.submit(set).id
            _ = try await test.startAll()
            let waiting = try await test.children(of: parent).filter { $0.state == .wait }
            var items = [item(try await detail(parent, test), product: nil, value: "1")]
            for child in waiting { items.append(item(try await detail(child.id, test), product: nil, value: "1")) }
            let plan = StoreSamples.plan(.serial, StoreSamples.step("b"))
            let result = try await test.store.perform([
                RequestCommand(parent, .refresh(RequestRefresh(items, jobSet: plan)))
            ])
            #expect(result.map(\.refusal) == [1028])
        },
    ]

    private static func detail(_ id: RequestID, _ test: StoreUnderTest) async throws -> RequestDetail {
        try #require(try await test.store.request(id))
    }

    private static func item(_ detail: RequestDetail, product: String?, value: String) -> RequestRefresh.Item {
        var facts = detail.request.facts
        facts.product = product
        facts.definitionDisplayName = "Anew"
        facts.hasCancelCall = true
        var policy = detail.request.policy
        policy.retries = 7
        return RequestRefresh.Item(
            detail.request.id,
            base: detail.parameters,
            facts: facts,
            policy: policy,
            parameters: [Parameter(name: "day", value: value, isSubmitted: true), Parameter(name: "added", value: "x")]
        )
    }
}
