import SchedulerCore
import StoreSupport

/// Texts that many requests share, such as definitions and users, each kept once under a number.
///
/// A row of a request holds the numbers: it stays small, and so do the indexes over them. A label never changes and
/// never leaves, so what is known of it stays true; only a transaction that is undone takes its new ones back.
final class LabelTable: RequestLabels {
    private let find: SQLiteStatement
    private let read: SQLiteStatement
    private let insert: SQLiteStatement?
    private var keys: [ExactText: Int64] = [:]
    /// By number; numbers are given from 1 without gaps.
    private var texts: [String?] = []
    private var objectIDs: [MetadataObjectID?] = []
    /// Known since the open transaction began.
    private var unsettled: [(text: ExactText, key: Int64)] = []

    /// - Parameters:
    ///   - connection: open, with a schema.
    ///   - writes: false on a connection that only reads.
    /// - Throws: `SQLiteFailure`.
    init(_ connection: OpaquePointer, writes: Bool) throws(SQLiteFailure) {
        find = try SQLiteStatement(connection, "SELECT key FROM label WHERE text = ?")
        read = try SQLiteStatement(connection, "SELECT text FROM label WHERE key = ?")
        insert = writes ? try SQLiteStatement(connection, "INSERT INTO label (text) VALUES (?) RETURNING key") : nil
    }

    /// The number of a text, given to it now if it has none.
    func key(of text: String) throws -> Int64 {
        if let key = keys[ExactText(text)] { return key }
        if let key = try existingKey(of: text) {
            remember(text, key)
            return key
        }
        guard let insert else { throw StoreFault("a connection that only reads was asked for a new label") }
        insert.bind(text)
        guard try insert.step() else { throw StoreFault("a new label has no number") }
        let key = insert.integer()
        _ = try insert.step()
        remember(text, key)
        return key
    }

    /// The number of a text; nil if it never got one.
    func existingKey(of text: String) throws -> Int64? {
        if let key = keys[ExactText(text)] { return key }
        find.bind(text)
        guard try find.step() else { return nil }
        let key = find.integer()
        find.reset()
        return key
    }

    /// The numbers of classes of work, of those that have one, as a JSON array.
    func keyList(of classes: Set<WorkClass>) throws -> String {
        let keys = try classes.compactMap { try existingKey(of: $0.label) }
        return "[\(keys.map { String($0) }.joined(separator: ","))]"
    }

    func text(of key: Int64) throws -> String {
        if key >= 0, key < Int64(texts.count), let text = texts[Int(key)] { return text }
        read.bind(key)
        guard try read.step() else { throw StoreFault("the database lacks the label \(key)") }
        let text = read.text()
        read.reset()
        remember(text, key)
        return text
    }

    /// The metadata object whose canonical id the label is.
    func objectID(of key: Int64) throws -> MetadataObjectID {
        if key >= 0, key < Int64(objectIDs.count), let id = objectIDs[Int(key)] { return id }
        let text = try text(of: key)
        guard let id = MetadataObjectID(label: text) else {
            throw StoreFault("the label \(key) is no id of a metadata object")
        }
        if key >= 0, key < Int64(texts.count) {
            while objectIDs.count <= Int(key) { objectIDs.append(nil) }
            objectIDs[Int(key)] = id
        }
        return id
    }

    /// Tells how the transaction ended.
    func settle(committed: Bool) {
        if !committed {
            for (text, key) in unsettled {
                keys[text] = nil
                texts[Int(key)] = nil
                if key < Int64(objectIDs.count) { objectIDs[Int(key)] = nil }
            }
        }
        unsettled.removeAll(keepingCapacity: true)
    }

    private func remember(_ text: String, _ key: Int64) {
        guard key >= 0, key < Int64(SQLiteLimits.cachedLabelsMax) else { return }
        while texts.count <= Int(key) { texts.append(nil) }
        texts[Int(key)] = text
        keys[ExactText(text)] = key
        if insert != nil { unsettled.append((ExactText(text), key)) }
    }
}
