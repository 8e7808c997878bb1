import SchedulerCore
import Testing

/// Tokens and slots (runtime §7.1).
package enum LockChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("I52: of two incompatible requests the second is BLOCKED until the first has ended") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let first = try await test.submit(StoreSamples.submission("A")).id
            let second = try await test.submit(StoreSamples.submission("B")).id
            let running = try await test.start(first)
            #expect(try await test.stored(first).kinship.lockStanding == .held)
            try await test.expect(second, in: .blocked)
            #expect(try await test.startAll().isEmpty)
            let ended = try await test.perform(.executableEnded(.success), on: first, epoch: running.epoch)
            #expect(ended.changes.map(\.request.id) == [first, second])
            try await test.expect(second, in: .ready)
            #expect(try await test.store.history(of: second).map(\.event) == [.locksNotFree, .locksFree])
            try await test.end(try await test.start(second))
            try await test.expect(second, in: .succeeded)
            #expect(try await test.stored(second).kinship.lockStanding == .none)
        },
        StoreCheck("Requests of one entity run together unless it is self-incompatible") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B", selfIncompatible: ["B"])))
            for _ in 0..<2 { try await test.submit(StoreSamples.submission("A")) }
            let together = try await test.startAll()
            #expect(together.count == 2)
            for request in together { try await test.end(request) }
            for _ in 0..<3 { try await test.submit(StoreSamples.submission("B")) }
            for _ in 0..<3 {
                let alone = try await test.startAll()
                #expect(alone.count == 1)
                for request in alone { try await test.end(request) }
            }
        },
        StoreCheck("DOMAIN: only equal values conflict, and one without a value conflicts with nothing") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.domain("A", "B", property: "ledger")))
            let german = try await test.submit(LockSamples.ledger("A", "DE")).id
            let french = try await test.submit(LockSamples.ledger("B", "FR")).id
            let alsoGerman = try await test.submit(LockSamples.ledger("B", "DE")).id
            let none = try await test.submit(LockSamples.ledger("B", nil)).id
            let started = try await test.startAll().map(\.id)
            #expect(started == [german, french, none])
            try await test.expect(alsoGerman, in: .blocked)
        },
        StoreCheck("Long values, equal but for their end, are told apart, and freed like others") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.domain("A", "B", property: "ledger")))
            let long = String(repeating: "ß", count: 10_000)
            for (definition, end) in [("A", "1"), ("B", "2"), ("B", "1")] {
                try await test.submit(LockSamples.ledger(definition, long + end))
            }
            let started = try await test.startAll()
            #expect(started.count == 2)
            try await test.end(#require(started.first))
            #expect(try await test.startAll().count == 1)
        },
        StoreCheck("I31: who waits longest of equals is next, and nobody of another entity overtakes") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let first = try await test.startOnly("A")
            let second = try await test.submit(StoreSamples.submission("B")).id
            #expect(try await test.startAll().isEmpty)
            let third = try await test.submit(StoreSamples.submission("A")).id
            #expect(try await test.startAll().isEmpty)
            try await test.expect(third, in: .blocked)
            try await test.end(first)
            try await test.expect(second, in: .ready)
            try await test.expect(third, in: .blocked)
            let next = try await test.start(second)
            try await test.end(next)
            try await test.start(third)
        },
        StoreCheck("A better rank comes first, whoever waits longer") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B", selfIncompatible: ["A"])))
            let first = try await test.startOnly("A")
            let low = try await test.submit(StoreSamples.submission("A", priority: 1)).id
            #expect(try await test.startAll().isEmpty)
            let high = try await test.submit(StoreSamples.submission("A", priority: 8)).id
            #expect(try await test.startAll().isEmpty)
            try await test.end(first)
            try await test.expect(low, in: .blocked)
            try await test.start(high)
        },
        StoreCheck("Locks are freed by every end: cancel, force-cancel, error, retry, lost node") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            for way in LockSamples.Way.allCases {
                var submission = StoreSamples.asynchronous()
                submission.facts.definitionID = StoreSamples.definition("A")
                submission.policy.retries = way == .retry ? 1 : 0
                let holder = try await test.startWaiting(submission)
                let waiter = try await test.submit(StoreSamples.submission("B")).id
                #expect(try await test.startAll().isEmpty)
                try await test.expect(waiter, in: .blocked)
                try await way.end(holder, test)
                try await test.expect(waiter, in: .ready)
                try await test.end(try await test.start(waiter))
                if way == .retry { try await test.perform(.cancel, on: holder.id) }
            }
        },
        StoreCheck("C76: after a forceCancel who was BLOCKED by it runs, and its slot is free") { test in
            test.changeSettings(RequestMachine.Settings(forceCancelAfter: .zero))
            test.changeCatalogue(
                LockSamples.catalogue(LockSamples.global("A", "B"), slots: ["A": 1])
            )
            var submission = StoreSamples.asynchronous()
            submission.facts.definitionID = StoreSamples.definition("A")
            let holder = try await test.startWaiting(submission)
            let blocked = try await test.submit(StoreSamples.submission("B")).id
            let full = try await test.submit(submission).id
            #expect(try await test.startAll().isEmpty)
            try await test.perform(.cancel, on: holder.id)
            try await test.perform(.forceCancel, on: holder.id)
            try await test.end(try await test.start(blocked))
            try await test.start(full)
        },
        StoreCheck("A cancelled waiter leaves the line; a paused holder keeps its tokens") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let holder = try await test.startOnly("A")
            let first = try await test.submit(StoreSamples.submission("B", priority: 9)).id
            #expect(try await test.startAll().isEmpty)
            let second = try await test.submit(StoreSamples.submission("A")).id
            #expect(try await test.startAll().isEmpty)
            try await test.perform(.cancel, on: first)
            try await test.start(second)
            let third = try await test.submit(StoreSamples.submission("B")).id
            try await test.end(holder, .paused(state: nil))
            let resumed = try await test.startAll()
            #expect(resumed.map(\.id) == [holder.id])
            try await test.expect(third, in: .blocked)
        },
        StoreCheck("I29: a BLOCKED request expires, and who waited behind it goes on") { test in
            test.changeCatalogue(LockSamples.catalogue(LockSamples.global("A", "B")))
            let holder = try await test.startOnly("A")
            var submission = StoreSamples.submission("B")
            submission.policy.requestExpiration = .seconds(30)
            let waiter = try await test.submit(submission).id
            #expect(try await test.startAll().isEmpty)
            let behind = try await test.submit(StoreSamples.submission("A")).id
            #expect(try await test.startAll().isEmpty)
            test.time.advance(by: .seconds(31))
            #expect(try await test.store.fireTimers(limit: 10).first?.changes.count == 2)
            try await test.expect(waiter, in: .expired)
            try await test.start(behind)
            try await test.expect(holder.id, in: .running)
        },
    ]
}

/// Metadata and requests of these checks.
enum LockSamples {
    static func catalogue(_ incompatibilities: Incompatibility..., slots: [String: Int] = [:]) -> Catalogue {
        Catalogue(
            contents(incompatibilities, slots: slots).map { MetadataObject($0, origin: .directory, version: 1) }
        )
    }

    static func contents(_ incompatibilities: [Incompatibility], slots: [String: Int] = [:]) -> [MetadataContent] {
        let limited = slots.map { name, limit in
            MetadataContent.jobDefinition(
                JobDefinition(
                    id: StoreSamples.definition(name),
                    jobType: BuiltInJobType.swift.id,
                    parameters: [
                        Parameter(name: "SYS_EXT_maxConcurrent", type: .integer, value: "\(limit)"),
                        Parameter(name: "SYS_className", value: "Sample"),
                    ]
                )
            )
        }
        return incompatibilities.map { .incompatibility($0) } + limited
    }

    static func global(_ names: String..., selfIncompatible: Set<String> = []) -> Incompatibility {
        Incompatibility(
            id: id("Either"),
            type: .global,
            entities: names.map { name in
                IncompatibleEntity(
                    entity: StoreSamples.definition(name),
                    isSelfIncompatible: selfIncompatible.contains(name)
                )
            }
        )
    }

    static func domain(_ names: String..., property: String) -> Incompatibility {
        Incompatibility(
            id: id("OnePerValue"),
            type: .domain,
            entities: names.map { IncompatibleEntity(entity: StoreSamples.definition($0), property: property) }
        )
    }

    static func id(_ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: .incompatibility, package: "/acme", name: name)
    }

    static func ledger(_ definition: String, _ value: String?) -> Submission {
        var submission = StoreSamples.submission(definition)
        submission.parameters = [Parameter(name: "ledger", value: value)]
        return submission
    }

    /// How a request that waits for an asynchronous answer loses its tokens.
    enum Way: CaseIterable {
        case success, error, retry, cancelled, forced, completed

        func end(_ holder: JobRequest, _ test: StoreUnderTest) async throws {
            let epoch = try #require(holder.epoch)
            switch self {
            case .success: try await test.perform(.report(.success, text: nil, handle: epoch), on: holder.id)
            case .error: try await test.perform(.report(.businessError, text: nil, handle: epoch), on: holder.id)
            case .retry: try await test.perform(.report(.error, text: nil, handle: epoch), on: holder.id)
            case .cancelled:
                try await test.perform(.cancel, on: holder.id)
                try await test.perform(.report(.cancel, text: nil, handle: epoch), on: holder.id)
            case .forced:
                test.changeSettings(RequestMachine.Settings(forceCancelAfter: .zero))
                try await test.perform(.cancel, on: holder.id)
                try await test.perform(.forceCancel, on: holder.id)
            case .completed: try await test.perform(.complete(.success, text: nil), on: holder.id)
            }
        }
    }
}

extension StoreUnderTest {
    /// A running request of a definition, alone.
    func startOnly(_ definition: String, priority: Int = 4) async throws -> JobRequest {
        try await start(submit(StoreSamples.submission(definition, priority: priority)).id)
    }
}
