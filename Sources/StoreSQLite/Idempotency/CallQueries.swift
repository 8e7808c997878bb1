import SchedulerCore
import StoreSupport

/// The statements about calls under a key.
enum CallQueries {
    /// Parameters caller, key, the newest instant that counts no longer.
    static let call = """
        SELECT \(CallCodec.columns) FROM idempotent_call WHERE caller = ?1 AND call_key = ?2 AND time > ?3
        """

    /// Writes a row where the key does not count; one that counts stays, and the statement changes none.
    static let insert = """
        INSERT INTO idempotent_call AS c (\(CallCodec.columns)) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (caller, call_key) DO UPDATE SET
            fingerprint = excluded.fingerprint, time = excluded.time, answer = excluded.answer
        WHERE c.time <= excluded.time - \(IdempotencyLimits.keptMilliseconds)
        """

    /// The same, and gives the row of the same call another answer.
    static let keep = """
        \(insert) OR c.fingerprint = excluded.fingerprint
        """

    /// Index `idempotent_call_by_time`; parameters limit, the newest instant that counts no longer.
    static let remove = """
        DELETE FROM idempotent_call WHERE (caller, call_key) IN (
            SELECT caller, call_key FROM idempotent_call WHERE time <= ?2 ORDER BY time LIMIT ?1
        )
        """
}

extension PollQuery {
    /// Those about calls under a key.
    package static let calls = [
        PollQuery("call", CallQueries.call, by: "PRIMARY KEY (caller=? AND call_key=?"),
        PollQuery(
            "remove",
            CallQueries.remove,
            by: "idempotent_call_by_time (time<?",
            "PRIMARY KEY (caller=? AND call_key=?"
        ),
    ]
}
