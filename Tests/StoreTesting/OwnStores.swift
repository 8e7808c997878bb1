package import SchedulerCore
package import SchedulerTesting
import Synchronization
package import Testing

/// Lets each test of a suite open stores of its own, which are closed and removed behind it.
package struct OwnStores: SuiteTrait, TestTrait, TestScoping {
    package struct Missing: Error, CustomStringConvertible {
        package let description = "the suite lacks the trait .ownStores"
    }

    /// What one test has opened.
    private final class Opened: Sendable {
        let stores = Mutex<[OwnStore]>([])
    }

    @TaskLocal private static var opened: Opened?

    package var isRecursive: Bool { true }

    /// Opens an empty store for the time of the test that runs.
    ///
    /// - Parameters:
    ///   - kind: of the store.
    ///   - time: where its instants come from.
    ///   - settings: what its decisions depend on.
    /// - Returns: the store, with who looks into it.
    /// - Throws: `Missing`; what opening throws.
    package static func open(
        _ kind: StoreKind,
        time: ManualTime,
        settings: RequestMachine.Settings
    ) async throws -> OwnStore {
        guard let opened else { throw Missing() }
        let own = try await kind.make(time: time, settings: settings)
        opened.stores.withLock { $0.append(own) }
        return own
    }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let opened = Opened()
        let result: Result<Void, any Error>
        do {
            result = .success(try await Self.$opened.withValue(opened) { try await function() })
        } catch {
            result = .failure(error)
        }
        for store in opened.stores.withLock({ $0 }) { try await store.remove() }
        try result.get()
    }
}

extension Trait where Self == OwnStores {
    /// Each test may open stores of its own.
    package static var ownStores: OwnStores { OwnStores() }
}

extension Trait where Self == ConditionTrait {
    /// The test lets several nodes live at once.
    package static var severalNodes: ConditionTrait {
        .enabled(if: try StoreKind.chosen().takesSeveralNodes, "the store has one node at a time")
    }
}
