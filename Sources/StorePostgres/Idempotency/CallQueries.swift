import PostgresClient
import SchedulerCore
import StoreSupport

/// The statements about calls under a key.
enum CallQueries {
    /// Code of the error with which a call fails whose key has been used.
    static let keyInUseCode = "ES054"

    /// Parameters caller, key, newest instant seen, wall clock or NULL.
    static let call = PostgresStatement(
        """
        SELECT \(CallCodec.columns) FROM idempotent_call
        WHERE caller = $1 AND call_key = $2
            AND time > store_time($3::bigint, $4::bigint) - \(IdempotencyLimits.keptMilliseconds)
        """
    )

    /// Writes rows where their keys do not count; one that counts fails the transaction. Another node that writes the
    /// same key is waited for, in order of the keys, so that no two wait for each other. Parameters: rows, how many.
    static let insert = statement(unless: "")

    /// The same, and gives the row of the same call another answer.
    static let keep = statement(unless: " OR c.fingerprint = excluded.fingerprint")

    private static func statement(unless condition: String) -> PostgresStatement {
        PostgresStatement(
            """
            WITH done AS (
                INSERT INTO idempotent_call AS c (\(CallCodec.columns))
                SELECT \(CallCodec.columns) FROM unnest($1::call_row_1[]) ORDER BY caller, call_key
                ON CONFLICT (caller, call_key) DO UPDATE SET
                    fingerprint = excluded.fingerprint, time = excluded.time, answer = excluded.answer
                WHERE c.time <= excluded.time - \(IdempotencyLimits.keptMilliseconds)\(condition)
                RETURNING 1
            )
            SELECT CASE WHEN (SELECT count(*) FROM done) <> $2::bigint THEN refuse_call() END
            """
        )
    }

    /// Index `idempotent_call_by_time`; parameters limit, the newest instant that counts no longer.
    static let remove: PostgresStatement = """
        DELETE FROM idempotent_call AS c USING (
            SELECT caller, call_key FROM idempotent_call WHERE time <= $2::bigint ORDER BY time LIMIT $1::bigint
            FOR UPDATE SKIP LOCKED
        ) AS o
        WHERE c.caller = o.caller AND c.call_key = o.call_key
        """
}

extension PostgresPollQuery {
    /// Those about calls under a key.
    package static let calls = [
        PostgresPollQuery(
            "call",
            CallQueries.call,
            "'7', '7', 1, NULL",
            by: ["idempotent_call_pkey"],
            isWriters: false
        ),
        PostgresPollQuery(
            "remove",
            CallQueries.remove,
            "100, 1000",
            by: ["idempotent_call_by_time", "idempotent_call_pkey"]
        ),
    ]
}
