import Foundation
import Logging
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreSQLite

/// The stores there are, for tests of what lies above them.
package enum StoreKind: String, CaseIterable, Sendable {
    case memory
    case sqlite
    case postgres

    package struct Unknown: Error, CustomStringConvertible {
        package let description: String
    }

    private static let variable = "ESCAPEMENT_TEST_STORE"

    /// The one that the environment names, the memory store if it names none: of that alone all tests can have one at
    /// once.
    ///
    /// - Throws: `Unknown` where it names none of them.
    package static func chosen() throws -> StoreKind {
        guard let name = ProcessInfo.processInfo.environment[variable], !name.isEmpty else { return .memory }
        guard let kind = StoreKind(rawValue: name) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            throw Unknown(description: "\(variable) is \(name), not one of \(names)")
        }
        return kind
    }

    /// Whether nodes live beside each other: in SQLite a second one takes the place of the first.
    package var takesSeveralNodes: Bool { self != .sqlite }

    /// Makes an empty store.
    ///
    /// - Parameters:
    ///   - time: where its instants come from.
    ///   - settings: what its decisions depend on.
    /// - Returns: the store, with what takes it away.
    /// - Throws: `StoreFault`, the errors of the file system and of PostgreSQL.
    func make(time: ManualTime, settings: RequestMachine.Settings) async throws -> OwnStore {
        switch self {
        case .memory:
            let store = MemoryStore(time: time, settings: settings)
            return OwnStore(store, MemoryWitness(store: store))
        case .sqlite:
            let folder = try TemporaryFolder(inMemory: true)
            var options = SQLiteStore.Options()
            options.logger.logLevel = .warning
            let store = try await SQLiteStore.open(
                path: folder.database,
                time: time,
                settings: settings,
                options: options
            )
            return OwnStore(store, TableWitness(path: folder.database)) { try folder.remove() }
        case .postgres:
            let schema = try SchemaPool.take()
            var options = PostgresStore.Options()
            options.logger.logLevel = .warning
            options.clock = time
            // A test may open many stores, and the server takes but so many connections.
            options.readers = 1
            let store = try await PostgresStore.open(schema.database, settings: settings, options: options)
            return OwnStore(store, TableWitness(schema.database)) { try SchemaPool.giveBack(schema) }
        }
    }
}
