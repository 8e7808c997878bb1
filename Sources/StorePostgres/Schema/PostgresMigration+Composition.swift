extension PostgresMigration {
    /// Trees of requests: what a request keeps of its relatives, the plan of each tree at its root, and the instants of
    /// schedules that were skipped.
    ///
    /// `request_course` repeats the parent, so that living children are found without a look at all that have ended,
    /// and the class of work, which a dispatch pass looks at.
    static let composition = PostgresMigration(
        name: "0002-composition",
        sql: [columns, view, tables, rows].joined(separator: "\n")
    )

    private static let columns = """
        ALTER TABLE request_fact ADD COLUMN execution_mode smallint, ADD COLUMN work_class integer;
        ALTER TABLE request_course
            ADD COLUMN parent_id bigint, ADD COLUMN schedule_definition integer, ADD COLUMN kinship bytea,
            ADD COLUMN work_class integer;
        UPDATE request_course AS c SET parent_id = f.parent_id
            FROM request_fact AS f WHERE f.id = c.id AND f.parent_id IS NOT NULL;
        CREATE INDEX request_for_live_children ON request_course (parent_id, id)
            WHERE parent_id IS NOT NULL AND completed_time IS NULL;
        """

    /// New columns stand at the end: a view can only grow there.
    private static let view = """
        CREATE OR REPLACE VIEW request AS SELECT
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
            c.late_calls, c.deleted_time, c.not_before, c.dispatch_at, c.timer_at, c.is_pending,
            f.execution_mode, f.work_class, c.schedule_definition, c.kinship
        FROM request_fact AS f JOIN request_course AS c ON c.id = f.id;
        """

    private static let tables = """
        CREATE TABLE request_plan (
            id bigint PRIMARY KEY,
            plan bytea NOT NULL
        );

        CREATE TABLE schedule_skip (
            request_id bigint NOT NULL,
            first_instant bigint NOT NULL,
            last_instant bigint NOT NULL,
            instants bigint NOT NULL,
            is_exact smallint NOT NULL,
            reason smallint NOT NULL,
            time bigint NOT NULL
        );
        CREATE INDEX schedule_skip_by_request ON schedule_skip (request_id, first_instant);
        """

    private static let rows = """
        CREATE TYPE fact_row_2 AS (
            id bigint, type bigint, parent_id bigint, parent_attempt bigint, step_id text, definition bigint,
            definition_name bigint, definition_description bigint, job_type bigint, executor bigint,
            class_name bigint, external_job_type bigint, application bigint, product text, request_category text,
            description text, submitter bigint, run_as_user bigint, enterprise_id bigint, trace text,
            declared_asynchronous bigint, has_cancel_call bigint, abs_parent_id bigint, instance_parent_id bigint,
            submission_time bigint, execution_mode bigint, work_class bigint
        );

        CREATE TYPE course_row_2 AS (
            id bigint, definition bigint, parent_id bigint, work_class bigint, before_state bigint, before_epoch bigint,
            before_revision bigint, priority bigint, policy bytea,
            revision bigint, state bigint, previous_state bigint, state_time bigint, cause bigint, error_type bigint,
            executable_state bigint, phase bigint, message_text text, message_detail text, message_time bigint,
            requested_start bigint, requested_end bigint, scheduled_time bigint, ready_time bigint,
            first_start_time bigint, start_time bigint, end_time bigint, completed_time bigint,
            running_since bigint, elapsed bigint, attempt bigint, retried_count bigint, paused_count bigint,
            paused_state text, retry_time bigint, epoch bigint, owner bigint, processor bigint, process_id bigint,
            process_start bigint, process_boot text, is_asynchronous bigint, external_id text,
            handle_status bigint, accepted_reports bytea, wait_time bigint, last_check_in bigint,
            is_timed_out bigint, cancel_time bigint, cancel_cause bigint, next_cancel_call bigint,
            cancel_calls bigint, late_calls bigint, deleted_time bigint, not_before bigint,
            schedule_definition bigint, kinship bytea, dispatch_at bigint, timer_at bigint, is_pending bigint
        );

        CREATE TYPE plan_row_1 AS (id bigint, plan bytea);

        CREATE TYPE skip_row_1 AS (
            request_id bigint, first_instant bigint, last_instant bigint, instants bigint, is_exact bigint,
            reason bigint, time bigint
        );
        """
}
