extension Migration {
    /// What a node tells of itself, packed: only diagnosis looks into it.
    static let nodeOffer = Migration(name: "0009-node-offer", sql: "ALTER TABLE node ADD COLUMN offer BLOB;")
}
