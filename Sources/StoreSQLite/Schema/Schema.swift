internal import GRDB
import SchedulerCore

/// Brings a database to the newest schema, or refuses one from the future.
enum Schema {
    /// Runs the missing steps, each in a transaction of its own.
    ///
    /// - Parameters:
    ///   - migrations: all steps this program knows, in order.
    ///   - mayChange: whether missing steps are run; else they are an error.
    ///   - queue: the database.
    /// - Throws: `StoreFault` if the database has a step that is not among them, or lacks one that may not be run.
    static func prepare(_ migrations: [Migration], mayChange: Bool, in queue: DatabaseQueue) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
        }
        let applied = try queue.read { try migrator.appliedIdentifiers($0) }
        let unknown = applied.subtracting(migrations.map(\.name)).sorted()
        guard unknown.isEmpty else {
            throw StoreFault(
                "the database has the schema step \(unknown.joined(separator: ", ")), "
                    + "which this program does not know: a newer one has written it; "
                    + "start that one, or restore a backup from before"
            )
        }
        let missing = migrations.map(\.name).filter { !applied.contains($0) }
        guard mayChange || missing.isEmpty else {
            throw StoreFault(
                "the database lacks the schema step \(missing.joined(separator: ", ")), "
                    + "and the configuration forbids to run it"
            )
        }
        try migrator.migrate(queue)
    }
}
