package import SchedulerCore

/// All that a store of one process offers.
package typealias WholeStore = RequestStore & ClusterStore & CatalogueStore & InstallationStore & PurgeStore
    & DiagnosisStore & OutboxStore & ForecastStore & WorkloadStore & IdempotencyStore & SecretStore

/// A store with the means to test it: its time, its settings, what it promises beyond the ports.
package struct StoreUnderTest: Sendable {
    package let store: any WholeStore
    package let time: ManualTime
    package let changeSettings: @Sendable (RequestMachine.Settings) -> Void
    package let changeCatalogue: @Sendable (Catalogue) -> Void
    /// Whether only one node lives at a time, so that one that joins voids the leases of all others.
    package let hasOneNode: Bool
    /// Lets no write of a request find its row as the transaction has read it, or lets them find it again; nil where the
    /// store cannot be made to.
    package let loseIsolation: (@Sendable (Bool) throws -> Void)?

    package init(
        store: any WholeStore,
        time: ManualTime,
        hasOneNode: Bool,
        loseIsolation: (@Sendable (Bool) throws -> Void)? = nil,
        changeCatalogue: @escaping @Sendable (Catalogue) -> Void,
        changeSettings: @escaping @Sendable (RequestMachine.Settings) -> Void
    ) {
        self.store = store
        self.time = time
        self.hasOneNode = hasOneNode
        self.loseIsolation = loseIsolation
        self.changeCatalogue = changeCatalogue
        self.changeSettings = changeSettings
    }
}

/// Makes empty stores of one kind.
package struct StoreMaker: Sendable, CustomStringConvertible {
    package let name: String
    private let body: @Sendable (ManualTime, @Sendable (StoreUnderTest) async throws -> Void) async throws -> Void

    /// - Parameters:
    ///   - name: shown with each test.
    ///   - body: makes a store, lends it to its second argument, takes it away.
    package init(
        _ name: String,
        body:
            @escaping @Sendable (ManualTime, @Sendable (StoreUnderTest) async throws -> Void) async throws
            -> Void
    ) {
        self.name = name
        self.body = body
    }

    package var description: String { name }

    /// Lends an empty store.
    package func withStore(_ use: @Sendable (StoreUnderTest) async throws -> Void) async throws {
        try await body(ManualTime(), use)
    }
}

/// One thing that every store must do.
package struct StoreCheck: Sendable, CustomStringConvertible {
    package let name: String
    package let run: @Sendable (StoreUnderTest) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (StoreUnderTest) async throws -> Void) {
        self.name = name
        self.run = run
    }

    package var description: String { name }
}
