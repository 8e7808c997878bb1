import SchedulerCore
import Testing

/// Requests that are READY for long come first (runtime §4).
package enum StarvationChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("rank: what starves comes first, longest first, whatever the priority") { test in
            let first = try await test.submit(product: "A", priority: 1)
            _ = try await test.pass(0, ready: 10)
            test.time.advance(by: .seconds(60))
            let second = try await test.submit(product: "B", priority: 0)
            _ = try await test.pass(0, ready: 10)
            test.time.advance(by: .seconds(3600) - .seconds(60))
            let urgent = try await test.submit(product: "C", priority: 9)
            let always = Timestamp(milliseconds: .min)
            let due = try await test.pass(1, starvesFrom: always)
            #expect(due.started.map(\.request.id) == [first] && due.starving == 1)
            test.time.advance(by: .seconds(60))
            let later = try await test.pass(2, starvesFrom: always)
            #expect(later.started.map(\.request.id) == [second, urgent] && later.starving == 1)
        },
        StoreCheck("rank: what starves and cannot start gives its place to what starves next") { test in
            test.putInForce(
                WorkSamples.shift("One", 1),
                WorkSamples.shift("Five", 5),
                try WorkSamples.assignment("Ledger", product: "GL", shifts: ["One"], WorkBinding(node: "a")),
                try WorkSamples.assignment("Rest", product: "AR", shifts: ["Five"], WorkBinding(node: "a"))
            )
            try await test.submit(product: "GL")
            _ = try await test.pass(0, ready: 10)
            test.time.advance(by: .seconds(1))
            let next = try await test.submit(product: "AR", priority: 0)
            _ = try await test.pass(0, ready: 10)
            test.time.advance(by: .seconds(3600))
            try await test.submit(product: "AR", priority: 9)
            let pass = try await test.pass(1, inUse: ["Ledger": 1], starvesFrom: test.time.now())
            #expect(pass.started.map(\.request.id) == [next] && pass.starving == 2)
        },
        StoreCheck("It is looked for what starves when something can, and at least once a minute") { test in
            try await test.submit(product: "A")
            _ = try await test.pass(0, ready: 10)
            let always = Timestamp(milliseconds: .min)
            let early = try await test.pass(0, starvesFrom: always)
            #expect(early.starving == 0 && early.starvesFrom == test.time.now() + .seconds(60))
            test.time.advance(by: .seconds(3570))
            let look = try await test.pass(0, starvesFrom: always)
            let from = test.time.now() + .seconds(30)
            #expect(look.starving == 0 && look.starvesFrom == from)
            let none = try await test.pass(0, starvesFrom: from)
            #expect(none.starving == nil && none.starvesFrom == nil)
            test.changeSettings(RequestMachine.Settings(starvationThreshold: .seconds(100)))
            let short = try await test.pass(0, starvesFrom: test.time.now())
            #expect(short.starving == 1 && short.starvesFrom == test.time.now())
        },
        StoreCheck("I56: what starves starts only where the node may take it") { test in
            test.putInForce(
                WorkSamples.shift("Five", 5),
                try WorkSamples.assignment("Ledger", product: "GL", shifts: ["Five"], WorkBinding(node: "a"))
            )
            try await test.submit(product: "AR")
            _ = try await test.pass(0, on: "b", ready: 10)
            test.time.advance(by: .seconds(7200))
            let own = try await test.submit(product: "GL")
            let pass = try await test.pass(5, on: "a", starvesFrom: test.time.now())
            #expect(pass.started.map(\.request.id) == [own] && pass.starving == 0)
        },
    ]
}
