import SchedulerCore

/// Names of the columns of `request` in the order in which `RequestCodec` binds and reads them.
package enum RequestColumns {
    package static let fixed = [
        "id", "type", "parent_id", "parent_attempt", "step_id", "definition", "definition_name",
        "definition_description", "job_type", "executor", "class_name", "external_job_type", "application", "product",
        "request_category", "description", "submitter", "run_as_user", "enterprise_id", "trace",
        "declared_asynchronous", "has_cancel_call", "abs_parent_id", "instance_parent_id", "submission_time",
        "execution_mode", "work_class",
    ]
    package static let policy = ["priority", "policy"]
    /// What an update writes.
    package static let changing = [
        "revision", "state", "previous_state", "state_time", "cause", "error_type", "executable_state", "phase",
        "message_text",
        "message_detail", "message_time", "requested_start", "requested_end", "scheduled_time", "ready_time",
        "first_start_time", "start_time", "end_time", "completed_time", "running_since", "elapsed", "attempt",
        "retried_count", "paused_count", "paused_state", "retry_time", "epoch", "owner", "processor", "process_id",
        "process_start", "process_boot", "is_asynchronous", "external_id", "handle_status", "accepted_reports",
        "wait_time", "last_check_in", "is_timed_out", "cancel_time", "cancel_cause", "next_cancel_call",
        "cancel_calls", "late_calls", "deleted_time", "not_before", "schedule_definition", "kinship",
        "work_assignment", "workshift",
    ]
    /// What follows from the others and is kept for its index.
    package static let derived = ["dispatch_at", "timer_at", "is_pending", "work_slot"]
    /// What follows from the fixed ones and is written with them, where the poll queries look.
    package static let group = "work_group"

    /// The plan that tells the schedule of `request AS r`; NULL where it follows none.
    package static let plan: String = {
        let types: [RequestType] = RequestType.allCases.filter { $0.isRecurringParent || $0.isRecurringInstance }
        let codes = types.map { String(StoredCodes.requestTypes.code($0)) }.joined(separator: ", ")
        return "(SELECT p.plan FROM request_plan AS p WHERE p.id = r.abs_parent_id AND r.type IN (\(codes)))"
    }()

    /// What `RequestCodec.read` expects of a SELECT, from `request AS r`.
    package static let selection = (fixed + policy + changing).map { "r.\($0)" }.joined(separator: ", ")
}
