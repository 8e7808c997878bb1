package import PostgresClient
package import PostgresTesting
package import SchedulerCore
package import SchedulerTesting
package import StorePostgres
package import StoreSQLite

/// The stores under test.
package enum Stores {
    package static let all = [memory, sqlite, postgres]

    package static let memory = StoreMaker("memory") { time, use in
        let store = MemoryStore(time: time)
        try await use(test(store, time, MemoryWitness(store: store)))
    }

    package static let sqlite = StoreMaker("SQLite") { time, use in
        let folder = try TemporaryFolder()
        let witness = TableWitness(path: folder.database)
        try await withStore(in: folder, time: time) { try await use(test($0, time, witness)) }
    }

    package static let postgres = StoreMaker("PostgreSQL") { time, use in
        let schema = try PrivatePostgres.shared().schema()
        let witness = TableWitness(schema.database)
        try await withPostgres(in: schema, time: time) { try await use(test($0, time, witness)) }
    }

    /// Opens a PostgreSQL store in a schema of its own for the time of `use`.
    package static func withPostgres(
        time: (any TimeSource)? = nil,
        options: PostgresStore.Options = .init(),
        _ use: (PostgresStore) async throws -> Void
    ) async throws {
        try await withPostgres(in: PrivatePostgres.shared().schema(), time: time, options: options, use)
    }

    /// Opens the PostgreSQL store of a schema for the time of `use`.
    package static func withPostgres(
        in schema: TestSchema,
        time: (any TimeSource)? = nil,
        options: PostgresStore.Options = .init(),
        _ use: (PostgresStore) async throws -> Void
    ) async throws {
        var options = options
        options.clock = time
        try await using(PostgresStore.open(schema.database, options: options), use)
    }

    /// Opens the SQLite store of a folder for the time of `use`.
    package static func withStore(
        in folder: TemporaryFolder,
        time: any TimeSource = ManualTime(),
        options: SQLiteStore.Options = .init(),
        _ use: (SQLiteStore) async throws -> Void
    ) async throws {
        try await using(SQLiteStore.open(path: folder.database, time: time, options: options), use)
    }

    package static func test(
        _ store: some SchedulerStore,
        _ time: ManualTime,
        _ witness: (any StoreWitness)? = nil
    ) -> StoreUnderTest {
        var loseIsolation: (@Sendable (Bool) throws -> Void)?
        if let witness { loseIsolation = { isLost in try witness.loseIsolation(isLost) } }
        return StoreUnderTest(
            store: store,
            time: time,
            hasOneNode: store is SQLiteStore,
            loseIsolation: loseIsolation,
            changeCatalogue: { store.change(catalogue: $0) },
            changeSettings: { store.change(settings: $0) }
        )
    }

    /// Closes a store behind its use, however that ends.
    private static func using<Store: SchedulerStore>(
        _ store: Store,
        _ use: (Store) async throws -> Void
    ) async throws {
        let result: Result<Void, any Error>
        do { result = .success(try await use(store)) } catch { result = .failure(error) }
        await store.close()
        try result.get()
    }
}

extension TestSchema {
    /// The schema as a store is given it.
    package var database: PostgresOptions {
        var options = server.options
        options.schema = name
        options.applicationName = "escapement \(name)"
        return options
    }
}
