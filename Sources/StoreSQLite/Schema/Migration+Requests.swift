extension Migration {
    /// Requests, their history, audit, nodes and metadata.
    ///
    /// One row of `request` is one `JobRequest`. Instants are milliseconds since 1970 UTC; enumerations and states are
    /// the numbers of `StoredCodes`; columns named after a label hold its key. Columns that change stand at the end.
    static let requests = Migration(
        name: "0001-requests",
        sql: """
            CREATE TABLE counter (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                last_time INTEGER NOT NULL,
                last_request INTEGER NOT NULL,
                last_epoch INTEGER NOT NULL,
                last_step INTEGER NOT NULL
            ) STRICT;
            INSERT INTO counter VALUES (1, 0, 0, 0, 0);

            CREATE TABLE label (
                key INTEGER PRIMARY KEY,
                text TEXT NOT NULL UNIQUE
            ) STRICT;

            CREATE TABLE request (
                id INTEGER PRIMARY KEY,
                type INTEGER NOT NULL,
                parent_id INTEGER,
                parent_attempt INTEGER,
                step_id TEXT,
                definition INTEGER NOT NULL,
                definition_name INTEGER,
                definition_description INTEGER,
                job_type INTEGER,
                executor INTEGER,
                class_name INTEGER,
                external_job_type INTEGER,
                application INTEGER NOT NULL,
                product TEXT,
                request_category TEXT,
                description TEXT,
                submitter INTEGER NOT NULL,
                run_as_user INTEGER NOT NULL,
                enterprise_id INTEGER NOT NULL,
                trace TEXT,
                declared_asynchronous INTEGER,
                has_cancel_call INTEGER NOT NULL,
                abs_parent_id INTEGER NOT NULL,
                instance_parent_id INTEGER NOT NULL,
                submission_time INTEGER NOT NULL,

                revision INTEGER NOT NULL,
                priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9),
                policy BLOB,

                state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 19),
                previous_state INTEGER,
                state_time INTEGER NOT NULL,
                cause INTEGER NOT NULL,
                error_type INTEGER,
                executable_state INTEGER,
                phase INTEGER NOT NULL,
                message_text TEXT,
                message_detail TEXT,
                message_time INTEGER,
                requested_start INTEGER,
                requested_end INTEGER,
                scheduled_time INTEGER NOT NULL,
                ready_time INTEGER,
                first_start_time INTEGER,
                start_time INTEGER,
                end_time INTEGER,
                completed_time INTEGER,
                running_since INTEGER,
                elapsed INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                retried_count INTEGER NOT NULL,
                paused_count INTEGER NOT NULL,
                paused_state TEXT,
                retry_time INTEGER,
                epoch INTEGER,
                owner INTEGER,
                processor INTEGER,
                process_id INTEGER,
                process_start INTEGER,
                process_boot TEXT,
                is_asynchronous INTEGER,
                external_id TEXT,
                handle_status INTEGER NOT NULL,
                accepted_reports BLOB,
                wait_time INTEGER,
                last_check_in INTEGER,
                is_timed_out INTEGER NOT NULL,
                cancel_time INTEGER,
                cancel_cause INTEGER NOT NULL,
                next_cancel_call INTEGER,
                cancel_calls INTEGER NOT NULL,
                late_calls INTEGER NOT NULL,
                deleted_time INTEGER,
                not_before INTEGER,

                dispatch_at INTEGER,
                timer_at INTEGER,
                is_pending INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX request_for_dispatch_waiting ON request (priority, scheduled_time)
                WHERE state = 1 AND dispatch_at IS NOT NULL;
            CREATE INDEX request_for_dispatch_delayed ON request (dispatch_at)
                WHERE state = 1 AND dispatch_at <> scheduled_time;
            CREATE INDEX request_for_dispatch_queued ON request (priority, scheduled_time)
                WHERE state <> 1 AND dispatch_at IS NOT NULL;
            CREATE INDEX request_for_timers ON request (timer_at) WHERE timer_at IS NOT NULL;
            CREATE INDEX request_for_attempts ON request (owner) WHERE owner IS NOT NULL;
            CREATE INDEX request_for_pending_check ON request (definition) WHERE is_pending = 1;
            CREATE INDEX request_by_state ON request (state);
            CREATE INDEX request_by_definition ON request (definition);
            CREATE INDEX request_by_submitter ON request (submitter);
            CREATE INDEX request_by_submission_time ON request (submission_time);
            CREATE INDEX request_by_parent ON request (parent_id) WHERE parent_id IS NOT NULL;
            CREATE INDEX request_by_abs_parent ON request (abs_parent_id) WHERE abs_parent_id <> id;
            CREATE INDEX request_by_instance_parent ON request (instance_parent_id)
                WHERE instance_parent_id <> id AND instance_parent_id <> 0;

            CREATE TABLE request_detail (
                id INTEGER PRIMARY KEY REFERENCES request (id) ON DELETE CASCADE,
                callback BLOB,
                parameters BLOB
            ) STRICT;

            CREATE TABLE history (
                request_id INTEGER NOT NULL,
                step INTEGER NOT NULL,
                event INTEGER NOT NULL,
                source INTEGER NOT NULL,
                target INTEGER NOT NULL,
                time INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                refusal INTEGER,
                PRIMARY KEY (request_id, step)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE audit (
                id INTEGER PRIMARY KEY,
                time INTEGER NOT NULL,
                principal TEXT NOT NULL,
                action TEXT NOT NULL,
                auth_method TEXT,
                client_address TEXT,
                attestation TEXT,
                trace TEXT,
                target_kind TEXT NOT NULL,
                target_id TEXT NOT NULL,
                outcome INTEGER NOT NULL,
                error_code INTEGER
            ) STRICT;
            CREATE INDEX audit_by_target ON audit (target_kind, target_id);

            CREATE TABLE node (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                process_id INTEGER NOT NULL,
                process_start INTEGER NOT NULL,
                process_boot TEXT NOT NULL,
                lease_end INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE metadata (
                id TEXT NOT NULL PRIMARY KEY,
                origin TEXT NOT NULL,
                version INTEGER NOT NULL,
                document TEXT NOT NULL,
                updated_time INTEGER NOT NULL
            ) STRICT;
            """
    )
}
