import PostgresClient
import SchedulerCore
import StoreSupport

/// The labels that a connection knows.
///
/// A label never changes and never leaves, so what is known of it stays true; only a transaction that is undone takes
/// back those made in it.
final class Labels: RequestLabels {
    private let connection: PostgresConnection
    private var keys: [ExactText: Int64] = [:]
    private var texts: [Int64: String] = [:]
    private var objectIDs: [Int64: MetadataObjectID] = [:]

    init(_ connection: PostgresConnection) { self.connection = connection }

    // MARK: - Keys

    func key(of text: String) throws -> Int64 {
        if let key = keys[ExactText(text)] { return key }
        try ensure([text])
        guard let key = keys[ExactText(text)] else { throw StoreFault("a label has no number") }
        return key
    }

    /// The number of a text; nil if it never got one.
    func existingKey(of text: String) throws -> Int64? {
        if let key = keys[ExactText(text)] { return key }
        var parameters = PostgresParameters()
        parameters.append(StoredText.encode(text))
        let key = try connection.query("SELECT key FROM label WHERE text = $1", parameters).firstRow { $0.integer() }
        if let key { remember(text, key) }
        return key
    }

    /// The numbers of classes of work, of those that have one.
    func existingKeys(of classes: Set<WorkClass>) throws -> [Int64] {
        try classes.compactMap { try existingKey(of: $0.label) }
    }

    /// Gives each text a number that has none: outside of a transaction, so that no transaction waits for another
    /// because of a label.
    func ensure(_ wanted: some Sequence<String>) throws {
        for _ in 0..<PostgresStoreLimits.labelRoundsMax {
            let missing = Set(wanted.map { ExactText($0) }).filter { keys[$0] == nil }
            guard !missing.isEmpty else { return }
            var parameters = PostgresParameters()
            parameters.append(array: missing.map { StoredText.encode($0.text) })
            // One that another node is just making is seen in the next round.
            let found = try connection.query(Self.ensuring, parameters).stored { ($0.text(), $0.integer()) }
            for (text, key) in found { remember(text, key) }
        }
    }

    private static let ensuring: PostgresStatement = """
        WITH wanted AS (
            SELECT w.text, l.key FROM unnest($1::text[]) AS w (text) LEFT JOIN label AS l ON l.text = w.text
        ), made AS (
            INSERT INTO label (text) SELECT text FROM wanted WHERE key IS NULL ORDER BY text
            ON CONFLICT DO NOTHING RETURNING text, key
        )
        SELECT text, key FROM wanted WHERE key IS NOT NULL UNION ALL SELECT text, key FROM made
        """

    // MARK: - Texts

    func text(of key: Int64) throws -> String {
        if let text = texts[key] { return text }
        var parameters = PostgresParameters()
        parameters.append(key)
        let found = try connection.query("SELECT text FROM label WHERE key = $1", parameters).firstStored { $0.text() }
        guard let found else { throw StoreFault("the database lacks the label \(key)") }
        remember(found, key)
        return found
    }

    func objectID(of key: Int64) throws -> MetadataObjectID {
        if let id = objectIDs[key] { return id }
        guard let id = MetadataObjectID(label: try text(of: key)) else {
            throw StoreFault("the label \(key) is no id of a metadata object")
        }
        objectIDs[key] = id
        return id
    }

    /// Forgets everything, after a transaction that may have made labels was undone.
    func forget() {
        keys.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        objectIDs.removeAll(keepingCapacity: true)
    }

    private func remember(_ text: String, _ key: Int64) {
        if keys.count >= PostgresStoreLimits.cachedLabelsMax { forget() }
        keys[ExactText(text)] = key
        texts[key] = text
    }
}
