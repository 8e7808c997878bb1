extension PostgresMigration {
    /// What a node tells of itself, packed: only diagnosis looks into it.
    static let nodeOffer = PostgresMigration(name: "0008-node-offer", sql: "ALTER TABLE node ADD COLUMN offer bytea;")
}
