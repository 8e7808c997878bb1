import SchedulerCore
import StoreSupport

/// The primitives of a change of metadata.
struct SQLiteMetadataTransaction: MetadataTransaction {
    private var transaction: SQLiteTransaction

    init(_ transaction: SQLiteTransaction) { self.transaction = transaction }

    var now: Timestamp { transaction.now }

    /// There is one writer.
    mutating func lock() throws -> Int64 {
        try statement("SELECT revision FROM metadata_revision").firstRow { $0.integer() } ?? 0
    }

    mutating func objects(_ ids: [String]) throws -> [String: StoredMetadata] {
        let row = try statement("SELECT \(StoredMetadata.columns) FROM metadata WHERE id = ?")
        let property = try statement("\(StoredMetadata.customizationQuery) WHERE id = ?")
        var found: [String: StoredMetadata] = [:]
        for id in ids {
            row.bind(id)
            guard let object = try row.firstRow({ StoredMetadata(row: $0) }) else { continue }
            property.bind(id)
            let customizations = try property.rows { StoredCustomization(row: $0) }
            found[id] = [object].with(customizations).first
        }
        return found
    }

    mutating func newestVersions(_ ids: [String]) throws -> [String: Int] {
        let newest = try statement("SELECT coalesce(max(version), 0) FROM metadata_version WHERE id = ?")
        return try ids.reduce(into: [:]) { found, id in
            newest.bind(id)
            found[id] = try newest.firstRow { Int(clamping: $0.integer()) }
        }
    }

    mutating func write(_ objects: [StoredMetadata]) throws {
        let row = try statement(
            "INSERT OR REPLACE INTO metadata (\(StoredMetadata.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        for object in objects {
            row.bind(object.id)
            row.bind(object.origin)
            row.bind(object.version)
            row.bind(object.document)
            row.bind(object.createdBy)
            row.bind(object.createdTime.milliseconds)
            row.bind(object.updatedBy)
            row.bind(object.updatedTime.milliseconds)
            try transaction.session.write(row)
        }
    }

    mutating func append(_ versions: [StoredMetadataVersion], kept: Int) throws {
        let row = try statement(
            "INSERT OR REPLACE INTO metadata_version (\(StoredMetadataVersion.columns)) VALUES (?, ?, ?, ?, ?, ?)"
        )
        let old = try statement("DELETE FROM metadata_version WHERE id = ? AND version <= ?")
        for version in versions {
            row.bind(version.id)
            row.bind(version.version)
            row.bind(version.document)
            row.bind(version.updatedBy)
            row.bind(version.updatedTime.milliseconds)
            row.bind(version.comment)
            try transaction.session.write(row)
            old.bind(version.id)
            old.bind(version.version - kept)
            try transaction.session.write(old)
        }
    }

    mutating func remove(_ ids: [String]) throws {
        for table in ["metadata", "metadata_customization"] {
            let removal = try statement("DELETE FROM \(table) WHERE id = ?")
            for id in ids {
                removal.bind(id)
                try transaction.session.write(removal)
            }
        }
    }

    mutating func customize(_ id: String, property: String, value: String?) throws {
        let change =
            if value == nil {
                try statement("DELETE FROM metadata_customization WHERE id = ? AND property = ?")
            } else {
                try statement(
                    "INSERT OR REPLACE INTO metadata_customization (id, property, value) VALUES (?, ?, ?)"
                )
            }
        change.bind(id)
        change.bind(property)
        if let value { change.bind(value) }
        try transaction.session.write(change)
    }

    mutating func raiseRevision() throws {
        try transaction.session.write(statement("UPDATE metadata_revision SET revision = revision + 1"))
    }

    mutating func append(_ record: AuditRecord) throws { try transaction.append(record) }

    mutating func record(_ call: RecordedCall) throws { try transaction.record(call) }

    private func statement(_ sql: String) throws -> SQLiteStatement {
        try transaction.session.statements.statement(sql)
    }
}
