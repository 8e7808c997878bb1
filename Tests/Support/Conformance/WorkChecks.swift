import SchedulerCore
import Testing

/// What nodes start by their work assignments (administration §4, runtime §7.2).
package enum WorkChecks {
    typealias Samples = WorkSamples

    package static let all: [StoreCheck] = shares + admission + limits

    private static let shares = [
        StoreCheck("A20, I55: allocations 30 and 20 on 25 threads start 15 and 10, and what starts tells of both") {
            test in
            test.putInForce(
                Samples.shift("Thirty", 30),
                Samples.shift("Twenty", 20),
                try Samples.assignment("One", product: "GL", shifts: ["Thirty"], WorkBinding(node: "*")),
                try Samples.assignment("Two", product: "AR", shifts: ["Twenty"], WorkBinding(node: "a"))
            )
            for _ in 0..<30 { try await test.submit(product: "GL", priority: 9) }
            for _ in 0..<30 { try await test.submit(product: "AR") }
            let pass = try await test.pass(25, ready: 100)
            #expect(pass.startedByAssignment == ["One": 15, "Two": 10])
            let first = try #require(pass.started.first)
            let stored = try await test.stored(first.request.id)
            #expect(stored.workAssignment == Samples.id(.workAssignment, "One"))
            #expect(stored.workshift == Samples.id(.workshift, "Thirty"))
            #expect(pass.becameReady == 35)
        },
        StoreCheck("I55: threads that are in use count; a full share delays nothing else") { test in
            test.putInForce(
                Samples.shift("Two", 2),
                try Samples.assignment("One", product: "GL", shifts: ["Two"], WorkBinding(node: "a")),
                try Samples.assignment("Other", product: "AR", shifts: ["Two"], WorkBinding(node: "a"))
            )
            for _ in 0..<40 { try await test.submit(product: "GL", priority: 9) }
            let late = try await test.submit(product: "AR", priority: 0)
            let pass = try await test.pass(3, ready: 10, inUse: ["One": 1])
            #expect(pass.startedByAssignment == ["One": 1, "Other": 1])
            #expect(pass.started.last?.request.id == late)
            #expect(pass.becameReady == 10)
            let second = try await test.pass(1, ready: 100, inUse: ["One": 2, "Other": 1])
            #expect(second.started.isEmpty && second.becameReady == 29)
            #expect(try await test.store.nextInstants().due == nil)
        },
        StoreCheck("A46: who waits for a thread of a share is told so while the node has others: NO_FREE_THREAD") {
            test in
            let contents = [
                Samples.shift("Two", 2),
                try Samples.assignment("One", product: "GL", shifts: ["Two"], WorkBinding(node: "*")),
            ]
            test.putInForce(contents)
            for _ in 0..<3 { try await test.submit(product: "GL") }
            let set = try await test.submit(StoreSamples.jobSet()).id
            #expect(try await test.store.threadsInUse().isEmpty)
            let started = try await test.pass(9).started
            try await test.store.publish(NodeOffer(threads: 9), of: StoreSamples.node)
            let share = Samples.id(.workAssignment, "One")
            #expect(try await test.store.threadsInUse() == [StoreSamples.node: [share: 2]])
            let last = try await test.submit(product: "GL")
            let reason = try #require(
                try await test.diagnose(last, .noFreeThread, under: contents).reasons.first
            )
            #expect(reason.workAssignment == share && reason.threads == 2 && reason.inUse == 2)
            #expect(reason.queuePosition == 3)
            try await test.diagnose(set, .noBoundWorkAssignment, under: contents)
            let first = try #require(started.first?.request)
            try await test.end(first)
            #expect(try await test.store.threadsInUse() == [StoreSamples.node: [share: 1]])
            try await test.diagnose(last, .nothing, under: contents)
        },
        StoreCheck("I55: a job set takes no thread of a share but for its callouts, and each of its steps does") {
            test in
            test.putInForce(
                Samples.shift("One", 1),
                try Samples.assignment("Rest", shifts: ["One"], WorkBinding(node: "a"))
            )
            try await test.submit(product: "GL", priority: 9)
            let set = try await test.submit(StoreSamples.jobSet()).id
            let pass = try await test.pass(5, ready: 10)
            #expect(pass.started.count == 1)
            let stored = try await test.stored(set)
            #expect(stored.state != .wait && stored.state != .ready)
            var called = StoreSamples.jobSet()
            called.policy.hasPreProcess = true
            let waiting = try await test.submit(called).id
            #expect(try await test.pass(5, inUse: ["Rest": 1]).started.isEmpty)
            #expect(try await test.pass(5).started.map(\.request.id) == [waiting], "its callout takes one")
        },
    ]

    private static let admission = [
        StoreCheck("A21, I56: what is exclusive starts where it is bound, and delays nothing elsewhere") { test in
            test.putInForce(
                Samples.shift("Five", 5),
                try Samples.assignment(
                    "Ledger",
                    product: "GL",
                    shifts: ["Five"],
                    WorkBinding(node: "a", scope: .exclusive)
                )
            )
            for _ in 0..<6 { try await test.submit(product: "GL", priority: 9) }
            let other = try await test.submit(product: "AR", priority: 0)
            let elsewhere = try await test.pass(1, on: "b")
            #expect(elsewhere.started.map(\.request.id) == [other])
            #expect(elsewhere.started.first?.request.workAssignment == nil)
            #expect(elsewhere.passedOver.count == 1)
            #expect(try await test.pass(10, on: "b", ready: 10, without: elsewhere.passedOver).changes.isEmpty)
            #expect(try await test.pass(10, on: "a").startedByAssignment == ["Ledger": 5])
        },
        StoreCheck(
            "A24, I56: a shift's end stops nothing that runs, nothing starts after it, and its next begin is told"
        ) { test in
            let begin = Timestamp(wholeSeconds: test.time.now().wholeSeconds + 60)
            test.putInForce(
                Samples.schedule("Times", begin, begin + .seconds(7200)),
                Samples.shift("Night", 5, schedule: "Times", minutes: 60),
                try Samples.assignment("Ledger", product: "GL", shifts: ["Night"], WorkBinding(node: "a"))
            )
            let first = try await test.submit(product: "GL")
            let before = try await test.pass(5, ready: 5)
            #expect(before.started.isEmpty && before.changes.isEmpty && before.plan?.nextChange == begin)
            #expect(try await test.store.nextInstants(without: before.passedOver).due == nil)
            test.time.advance(by: begin - test.time.now())
            let during = try await test.pass(5)
            #expect(during.started.map(\.request.id) == [first])
            let second = try await test.submit(product: "GL")
            test.time.advance(by: .seconds(3600))
            let after = try await test.pass(5, ready: 5)
            #expect(after.started.isEmpty && after.changes.isEmpty)
            #expect(after.plan?.nextChange == begin + .seconds(7200))
            try await test.expect(first, in: .running)
            try await test.expect(second, in: .wait)
            try await test.perform(.executableEnded(.success), on: first, epoch: during.started.first?.request.epoch)
            try await test.expect(first, in: .succeeded)
        },
        StoreCheck("Changed metadata act at the next pass") { test in
            let id = try await test.submit(product: "GL")
            let ledger = try Samples.assignment("Ledger", product: "GL", shifts: ["Five"], WorkBinding(node: "b"))
            let rest = try Samples.assignment("Rest", product: "AR", shifts: ["Five"], WorkBinding(node: "a"))
            test.putInForce(Samples.shift("Five", 5), ledger, rest)
            let pass = try await test.pass(5, on: "a")
            #expect(pass.started.isEmpty)
            test.putInForce(Samples.shift("Five", 5), ledger)
            #expect(try await test.pass(5, on: "a").started.map(\.request.id) == [id])
            #expect(try await test.stored(id).workAssignment == nil)
        },
        StoreCheck("I55, I56: of many groups in any order each pass starts exactly what shares and bindings allow") {
            test in
            test.putInForce(
                Samples.shift("Three", 3),
                Samples.shift("None", 0),
                try Samples.assignment("P0", product: "P0", shifts: ["Three"], WorkBinding(node: "a")),
                try Samples.assignment("P1", product: "P1", shifts: ["None"], WorkBinding(node: "a")),
                try Samples.assignment(
                    "P2",
                    product: "P2",
                    shifts: ["Three"],
                    WorkBinding(node: "a", isEnabled: false)
                ),
                try Samples.assignment(
                    "P3",
                    product: "P3",
                    shifts: ["Three"],
                    WorkBinding(node: "a", scope: .exclusive)
                )
            )
            for number in 0..<60 { try await test.submit(product: "P\(number * 7 % 5)", priority: number * 3 % 10) }
            let pass = try await test.pass(20, ready: 100)
            #expect(pass.startedByAssignment == ["P0": 3, "P3": 3])
            #expect(pass.becameReady == 18)
        },
    ]

    private static let limits = [
        StoreCheck("A22, I55: asyncJavaLimit holds in the cluster, an asynchronous wait included, until an end") {
            test in
            test.putInForce(
                Samples.shift("Two", 9, asyncJavaLimit: 2),
                try Samples.assignment("Ledger", shifts: ["Two"], WorkBinding(node: "*"))
            )
            for _ in 0..<4 { try await test.submit(product: "GL", priority: 9, asynchronous: true) }
            let plain = try await test.submit(product: "GL")
            let one = try await test.pass(1, on: "a")
            let first = try #require(one.started.first?.request)
            try await test.perform(.asynchronousStartAccepted(externalID: nil), on: first.id, epoch: first.epoch)
            let two = try await test.pass(5, on: "b", ready: 5)
            #expect(two.started.count == 2 && two.started.last?.request.id == plain && two.becameReady == 2)
            let slot = try #require(try await test.stored(first.id).workSlot)
            let other = WorkSlot(assignment: slot.assignment, workshift: slot.workshift, kind: .plsql)
            #expect(try await test.store.slotsInUse([slot, other]) == [slot: 2, other: 0])
            #expect(try await test.store.slotsInUse([]).isEmpty)
            #expect(try await test.pass(5, on: "b").started.isEmpty)
            let handle = try #require(first.epoch)
            try await test.perform(.report(.success, text: nil, handle: handle), on: first.id)
            #expect(try await test.pass(5, on: "b").started.count == 1)
            #expect(try await test.pass(5, on: "b").started.isEmpty)
        },
        StoreCheck("A22: a pause gives the slot back, a resume from SUSPEND may exceed the limit") { test in
            test.putInForce(
                Samples.shift("One", 9, asyncJavaLimit: 1),
                try Samples.assignment("Ledger", shifts: ["One"], WorkBinding(node: "*"))
            )
            for _ in 0..<3 { try await test.submit(product: "GL", asynchronous: true) }
            let first = try #require(try await test.pass(5, on: "a").started.first?.request)
            try await test.perform(.asynchronousStartAccepted(externalID: nil), on: first.id, epoch: first.epoch)
            let handle = try #require(first.epoch)
            try await test.perform(.report(.suspend, text: nil, handle: handle), on: first.id)
            #expect(try await test.stored(first.id).workSlot == nil)
            #expect(try await test.pass(5, on: "a").started.count == 1)
            try await test.perform(.report(.update, text: nil, handle: handle), on: first.id)
            try await test.expect(first.id, in: .running)
            #expect(try await test.stored(first.id).workSlot != nil)
            #expect(try await test.pass(5, on: "a").started.isEmpty)
        },
        StoreCheck("A22, I55: passes at once do not exceed a limit together") { test in
            test.putInForce(
                Samples.shift("Three", 9, asyncJavaLimit: 3),
                try Samples.assignment("Ledger", shifts: ["Three"], WorkBinding(node: "*"))
            )
            for _ in 0..<12 { try await test.submit(product: "GL", asynchronous: true) }
            try await test.store.enter(StoreSamples.node)
            if !test.hasOneNode { try await test.store.enter(StoreSamples.otherNode) }
            let started = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<6 {
                    let isOther = number % 2 == 1 && !test.hasOneNode
                    group.addTask {
                        let claim = Claim(
                            node: isOther ? StoreSamples.otherNode : StoreSamples.node,
                            processor: isOther ? "b" : "a",
                            limit: 2,
                            readyLimit: 0
                        )
                        return try await test.store.claim(claim).started.count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(started == 3)
            let rest = try await test.pass(9, on: "a").started.count
            #expect(rest == 0)
        },
    ]
}
