import SchedulerCore

extension Invocation {
    /// Variable that holds the handle: unlike any other attempt's, it also marks the job's processes.
    static let handleVariable = "ESS_REQUEST_HANDLE"

    /// What a process job is told about itself (runtime §9.1); what does not exist is absent.
    func environmentFacts(in directories: RequestDirectories) -> [String: String] {
        let facts: [String: String?] = [
            "REQUESTID": request.id.description,
            "ESS_REQUEST_ID": request.id.description,
            Self.handleVariable: handle,
            "ESS_REQUEST_CONTEXT": "\(request.id),\(handle)",
            "ESS_ABS_PARENT_REQUEST_ID": request.lineage.absParentID.description,
            "ESS_PARENT_REQUEST_ID": request.lineage.parentID?.description,
            "ESS_EXECUTION_ATTEMPT": String(request.attempt),
            "ESS_STEP_ID": request.lineage.stepID,
            "ESS_JOB_DEFINITION_ID": request.facts.definitionID.description,
            "ESS_APPLICATION": request.facts.application,
            "ESS_SUBMITTER": request.facts.submitter,
            "ESS_RUN_AS_USER": request.facts.runAsUser,
            "ESS_SCHEDULED_TIME": request.scheduledTime.description,
            "ESS_BASE_URL": baseURL,
            "ESS_WORK_DIR": directories.work,
            "ESS_LOG_DIR": directories.log,
            "ESS_OUT_DIR": directories.out,
            "ESS_PAUSED_STATE": request.pausedState,
            "ESS_PAUSED_STATE_FILE": directories.pausedState,
            "TRACEPARENT": TraceParent.text(for: request),
        ]
        return facts.compactMapValues { $0 }
    }
}
