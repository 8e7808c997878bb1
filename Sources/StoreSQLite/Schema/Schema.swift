internal import GRDB
import SchedulerCore

/// Brings a database to the newest schema, or refuses one from the future.
enum Schema {
    /// Runs the missing steps, each in a transaction of its own.
    ///
    /// - Parameters:
    ///   - migrations: all steps this program knows, in order.
    ///   - queue: the database.
    /// - Throws: `StoreFault` if the database has a step that is not among them.
    static func prepare(_ migrations: [Migration], in queue: DatabaseQueue) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
        }
        let known = Set(migrations.map(\.name))
        let unknown = try queue.read { try migrator.appliedIdentifiers($0) }.subtracting(known).sorted()
        guard unknown.isEmpty else {
            throw StoreFault(
                "the database has the schema step \(unknown.joined(separator: ", ")), "
                    + "which this program does not know: a newer one has written it; "
                    + "start that one, or restore a backup from before"
            )
        }
        try migrator.migrate(queue)
    }
}
