extension PostgresMigration {
    /// Work assignments: under which an attempt runs, what counts it against limits in the cluster, and the group by
    /// which passes leave requests out. Rows that are older have no group: each is looked at by itself.
    static let work = PostgresMigration(
        name: "0007-work",
        sql: [workColumns, workView, workRow].joined(separator: "\n")
    )

    private static let workColumns = """
        ALTER TABLE request_course
            ADD COLUMN work_group integer, ADD COLUMN work_assignment integer, ADD COLUMN workshift integer,
            ADD COLUMN work_slot integer;
        CREATE INDEX request_for_work_slots ON request_course (work_slot) WHERE work_slot IS NOT NULL;
        CREATE INDEX request_for_starving ON request_course (ready_time, id)
            WHERE state = 2 AND dispatch_at IS NOT NULL;
        """

    private static let workView = """
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
            f.execution_mode, f.work_class, c.schedule_definition, c.kinship, c.work_assignment,
            c.workshift
        FROM request_fact AS f JOIN request_course AS c ON c.id = f.id;
        """

    private static let workRow = """
        CREATE TYPE course_row_3 AS (
            id bigint, definition bigint, parent_id bigint, work_class bigint, work_group bigint, before_state bigint,
            before_epoch bigint, before_revision bigint, priority bigint, policy bytea,
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
            schedule_definition bigint, kinship bytea, work_assignment bigint, workshift bigint, dispatch_at bigint,
            timer_at bigint, is_pending bigint, work_slot bigint
        );
        """
}
