extension PostgresMigration {
    /// Requests, their history, audit, nodes and metadata.
    ///
    /// A request lies in two rows, put together by the view `request`: `request_fact` never changes, so that a change
    /// writes a short row and touches few indexes; `request_course` is what happens to it. Instants are milliseconds
    /// since 1970 UTC; enumerations and states are the numbers of `StoredCodes`; columns named after a label hold its
    /// key. There are no foreign keys: each would cost a look-up a row, and the writer alone keeps these tables.
    static let requests = PostgresMigration(
        name: "0001-requests",
        sql: [sequences, labels, facts, course, views, records, cluster, rows, functions].joined(separator: "\n")
    )

    /// Sequences take no lock and know no rollback, which is what each of these needs. `store_clock` is the newest
    /// instant that was ever written: a server that takes over with a slower clock goes on behind it.
    private static let sequences = """
        CREATE SEQUENCE request_number;
        CREATE SEQUENCE attempt_epoch;
        CREATE SEQUENCE store_clock MINVALUE 0 START WITH 0;
        """

    /// By hash: a label may be longer than a B-tree takes.
    private static let labels = """
        CREATE TABLE label (
            key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            text text COLLATE "C" NOT NULL,
            CONSTRAINT label_text EXCLUDE USING hash (text WITH =)
        );
        """

    private static let facts = """
        CREATE TABLE request_fact (
            id bigint PRIMARY KEY,
            abs_parent_id bigint NOT NULL,
            instance_parent_id bigint NOT NULL,
            submission_time bigint NOT NULL,
            enterprise_id bigint NOT NULL,
            definition integer NOT NULL,
            job_type integer,
            application integer NOT NULL,
            submitter integer NOT NULL,
            run_as_user integer NOT NULL,
            type smallint NOT NULL,
            executor smallint,
            has_cancel_call smallint NOT NULL,
            declared_asynchronous smallint,
            parent_id bigint,
            parent_attempt bigint,
            definition_name integer,
            definition_description integer,
            class_name integer,
            external_job_type integer,
            step_id text COLLATE "C",
            product text COLLATE "C",
            request_category text COLLATE "C",
            description text COLLATE "C",
            trace text COLLATE "C"
        ) WITH (autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

        CREATE INDEX request_by_definition ON request_fact (definition, id);
        CREATE INDEX request_by_submitter ON request_fact (submitter, id);
        CREATE INDEX request_by_submission_time ON request_fact (submission_time, id);
        CREATE INDEX request_by_parent ON request_fact (parent_id, id) WHERE parent_id IS NOT NULL;
        CREATE INDEX request_by_abs_parent ON request_fact (abs_parent_id, id) WHERE abs_parent_id <> id;
        CREATE INDEX request_by_instance_parent ON request_fact (instance_parent_id, id)
            WHERE instance_parent_id <> id AND instance_parent_id <> 0;

        CREATE TABLE request_detail (
            id bigint PRIMARY KEY,
            callback bytea,
            parameters bytea
        );
        """

    /// Rows live through few changes, most of which move them between indexes; room is left for those that do not.
    private static let course = """
        CREATE TABLE request_course (
            id bigint PRIMARY KEY,
            revision bigint NOT NULL,
            state_time bigint NOT NULL,
            scheduled_time bigint NOT NULL,
            elapsed bigint NOT NULL,
            attempt bigint NOT NULL,
            retried_count bigint NOT NULL,
            definition integer NOT NULL,
            paused_count integer NOT NULL,
            cancel_calls integer NOT NULL,
            late_calls integer NOT NULL,
            state smallint NOT NULL CHECK (state BETWEEN 1 AND 19),
            priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 9),
            cause smallint NOT NULL,
            phase smallint NOT NULL,
            handle_status smallint NOT NULL,
            is_timed_out smallint NOT NULL,
            cancel_cause smallint NOT NULL,
            is_pending smallint NOT NULL,
            is_asynchronous smallint,
            previous_state smallint,
            error_type smallint,
            executable_state smallint,
            owner integer,
            processor integer,
            dispatch_at bigint,
            timer_at bigint,
            epoch bigint,
            ready_time bigint,
            first_start_time bigint,
            start_time bigint,
            end_time bigint,
            completed_time bigint,
            running_since bigint,
            message_time bigint,
            requested_start bigint,
            requested_end bigint,
            retry_time bigint,
            process_id bigint,
            process_start bigint,
            wait_time bigint,
            last_check_in bigint,
            cancel_time bigint,
            next_cancel_call bigint,
            deleted_time bigint,
            not_before bigint,
            policy bytea,
            accepted_reports bytea,
            message_text text COLLATE "C",
            message_detail text COLLATE "C",
            paused_state text COLLATE "C",
            process_boot text COLLATE "C",
            external_id text COLLATE "C"
        ) WITH (
            fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000,
            autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05
        );

        CREATE INDEX request_for_dispatch ON request_course (priority, scheduled_time, id)
            WHERE dispatch_at IS NOT NULL;
        CREATE INDEX request_for_due_waiting ON request_course (priority, scheduled_time, id)
            WHERE state = 1 AND dispatch_at IS NOT NULL;
        CREATE INDEX request_for_dispatch_delayed ON request_course (dispatch_at)
            WHERE state = 1 AND dispatch_at <> scheduled_time;
        CREATE INDEX request_for_timers ON request_course (timer_at, id) WHERE timer_at IS NOT NULL;
        CREATE INDEX request_for_attempts ON request_course (owner, id) WHERE owner IS NOT NULL;
        CREATE INDEX request_for_pending_check ON request_course (definition) WHERE is_pending = 1;
        CREATE INDEX request_by_state ON request_course (state, id);
        """

    private static let views = """
        CREATE VIEW request AS SELECT
            f.id, f.type, f.parent_id, f.parent_attempt, f.step_id, f.definition, f.definition_name,
            f.definition_description, f.job_type, f.executor, f.class_name, f.external_job_type, f.application,
            f.product, f.request_category, f.description, f.submitter, f.run_as_user, f.enterprise_id, f.trace,
            f.declared_asynchronous, f.has_cancel_call, f.abs_parent_id, f.instance_parent_id, f.submission_time,
            c.priority, c.policy, c.revision, c.state, c.previous_state, c.state_time, c.cause, c.error_type,
            c.executable_state, c.phase, c.message_text, c.message_detail, c.message_time, c.requested_start,
            c.requested_end, c.scheduled_time, c.ready_time, c.first_start_time, c.start_time, c.end_time,
            c.completed_time, c.running_since, c.elapsed, c.attempt, c.retried_count, c.paused_count,
            c.paused_state, c.retry_time, c.epoch, c.owner, c.processor, c.process_id, c.process_start,
            c.process_boot, c.is_asynchronous, c.external_id, c.handle_status, c.accepted_reports, c.wait_time,
            c.last_check_in, c.is_timed_out, c.cancel_time, c.cancel_cause, c.next_cancel_call, c.cancel_calls,
            c.late_calls, c.deleted_time, c.not_before, c.dispatch_at, c.timer_at, c.is_pending
        FROM request_fact AS f JOIN request_course AS c ON c.id = f.id;
        """

    /// Not partitioned by time: a purge takes whole trees of requests, which end at very different times, so that
    /// hardly ever a partition would be empty as a whole.
    private static let records = """
        CREATE TABLE history (
            request_id bigint NOT NULL,
            step bigint GENERATED ALWAYS AS IDENTITY,
            time bigint NOT NULL,
            attempt bigint NOT NULL,
            event smallint NOT NULL,
            source smallint NOT NULL,
            target smallint NOT NULL,
            refusal integer,
            PRIMARY KEY (request_id, step)
        ) WITH (autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1);

        CREATE TABLE audit (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            time bigint NOT NULL,
            principal text COLLATE "C" NOT NULL,
            action text COLLATE "C" NOT NULL,
            auth_method text COLLATE "C",
            client_address text COLLATE "C",
            attestation text COLLATE "C",
            trace text COLLATE "C",
            target_kind text COLLATE "C" NOT NULL,
            target_id text COLLATE "C" NOT NULL,
            outcome smallint NOT NULL,
            error_code integer
        ) WITH (autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1);
        CREATE INDEX audit_by_target ON audit (target_kind, target_id, id);
        """

    private static let cluster = """
        CREATE TABLE node (
            id integer PRIMARY KEY,
            name text COLLATE "C" NOT NULL,
            process_id bigint NOT NULL,
            process_start bigint NOT NULL,
            process_boot text COLLATE "C" NOT NULL,
            version text COLLATE "C" NOT NULL,
            joined_time bigint NOT NULL,
            lease_end bigint NOT NULL
        ) WITH (fillfactor = 50);

        CREATE TABLE quiesced (name text COLLATE "C" PRIMARY KEY);

        CREATE TABLE leader (
            role smallint PRIMARY KEY,
            node integer NOT NULL,
            term bigint NOT NULL,
            lease_end bigint NOT NULL
        ) WITH (fillfactor = 50);

        CREATE TABLE installation (
            name text COLLATE "C" PRIMARY KEY,
            value text COLLATE "C" NOT NULL
        );

        CREATE TABLE metadata_revision (
            one integer PRIMARY KEY CHECK (one = 1),
            revision bigint NOT NULL
        );
        INSERT INTO metadata_revision VALUES (1, 0);

        CREATE TABLE metadata (
            id text COLLATE "C" PRIMARY KEY,
            origin text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            document text COLLATE "C" NOT NULL,
            updated_time bigint NOT NULL
        );
        """

    /// Rows as a client sends them, many in one array: reading one composite value is far quicker than reading fifty
    /// arrays side by side. A program of another version sends rows of its own types.
    private static let rows = """
        CREATE TYPE fact_row_1 AS (
            id bigint, type bigint, parent_id bigint, parent_attempt bigint, step_id text, definition bigint,
            definition_name bigint, definition_description bigint, job_type bigint, executor bigint,
            class_name bigint, external_job_type bigint, application bigint, product text, request_category text,
            description text, submitter bigint, run_as_user bigint, enterprise_id bigint, trace text,
            declared_asynchronous bigint, has_cancel_call bigint, abs_parent_id bigint, instance_parent_id bigint,
            submission_time bigint
        );

        CREATE TYPE course_row_1 AS (
            id bigint, definition bigint, before_state bigint, before_epoch bigint, before_revision bigint,
            priority bigint, policy bytea,
            revision bigint, state bigint, previous_state bigint, state_time bigint, cause bigint, error_type bigint,
            executable_state bigint, phase bigint, message_text text, message_detail text, message_time bigint,
            requested_start bigint, requested_end bigint, scheduled_time bigint, ready_time bigint,
            first_start_time bigint, start_time bigint, end_time bigint, completed_time bigint,
            running_since bigint, elapsed bigint, attempt bigint, retried_count bigint, paused_count bigint,
            paused_state text, retry_time bigint, epoch bigint, owner bigint, processor bigint, process_id bigint,
            process_start bigint, process_boot text, is_asynchronous bigint, external_id text,
            handle_status bigint, accepted_reports bytea, wait_time bigint, last_check_in bigint,
            is_timed_out bigint, cancel_time bigint, cancel_cause bigint, next_cancel_call bigint,
            cancel_calls bigint, late_calls bigint, deleted_time bigint, not_before bigint, dispatch_at bigint,
            timer_at bigint, is_pending bigint
        );

        CREATE TYPE detail_row_1 AS (id bigint, callback bytea, parameters bytea);

        CREATE TYPE step_row_1 AS (
            request_id bigint, event bigint, source bigint, target bigint, time bigint, attempt bigint,
            refusal bigint
        );

        CREATE TYPE audit_row_1 AS (
            time bigint, principal text, action text, auth_method text, client_address text, attestation text,
            trace text, target_kind text, target_id text, outcome bigint, error_code bigint
        );
        """

    /// `store_time`: the server's clock, or the one given instead of it, never behind what was written or seen.
    /// `refuse_write`: fails the transaction whose guarded write did not meet every row; its message is one's number.
    private static let functions = """
        CREATE FUNCTION store_time(seen bigint, wall bigint) RETURNS bigint LANGUAGE sql VOLATILE AS $$
            SELECT greatest(
                seen, coalesce(wall, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), c.last_value
            ) FROM store_clock AS c
        $$;

        CREATE FUNCTION refuse_write(id bigint) RETURNS bigint LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%', id USING ERRCODE = '\(WriteStatements.guardCode)';
        END
        $$;
        """
}
