/// Codes 01001 to 01054: what a request is, what may be done with it, and who was first.
extension ErrorCatalogue {
    static let requestActions: [ErrorCatalogueEntry] = [
        .init(
            1001,
            404,
            "Request ID {0} not found",
            ["requestId"],
            cause: "No request has this number, or it was deleted or purged.",
            remedy: "Check the number; deleted and purged requests are no longer found."
        ),
        state(
            1010,
            "; cancel needs a non-terminal state",
            cause: "The request has reached a terminal state.",
            remedy: "Nothing is left to cancel: the request has ended; read its state and cause."
        ),
        state(
            1011,
            "; hold needs WAIT or READY",
            cause: "The request has started, is held already, or has ended.",
            remedy: "Only a request that has not started can be held; cancel it instead if it must not go on."
        ),
        state(
            1012,
            "; release needs HOLD",
            cause: "The request is not held.",
            remedy: "Release only what is held; this request is not."
        ),
        state(
            1013,
            "; forceCancel needs CANCELLING",
            cause: "The request is not being cancelled, or its cancel has ended.",
            remedy: "Cancel the request first and wait for its end; forceCancel is for what does not end then."
        ),
        .init(
            1014,
            400,
            "Request {0} is CANCELLING but does not wait for an asynchronous response",
            ["requestId"],
            cause: "The request is synchronous, a process, a parent or paused: no answer of a remote job is awaited.",
            remedy: "Wait: the server itself ends the cancel of a request that no remote job has to answer for."
        ),
        .init(
            1015,
            400,
            "Request {0} is CANCELLING; forceCancel is allowed from {1} on",
            ["requestId", "earliestTime"],
            cause: "Too little time has passed since the cancel, or since the job last checked in.",
            remedy: "Repeat the call at the named time, after making sure that the remote job does not run."
        ),
        state(
            1016,
            "; delete needs a terminal state",
            cause: "The request has not ended.",
            remedy: "Cancel the request and wait for its end before you delete it."
        ),
        .init(
            1017,
            400,
            "Request {0} is a child ({1}) and cannot be deleted",
            ["requestId", "requestType"],
            cause: "The request is a step, a sub-request or an instance; only what was submitted can be deleted.",
            remedy: "Delete the submitted request at the top of the tree; its children go with it."
        ),
        state(
            1018,
            " and cannot be updated",
            cause: "The request has started or has ended, and what it runs with is settled.",
            remedy: "Update a request before it starts; afterwards submit a new one."
        ),
        .init(
            1019,
            400,
            "Request {0} is no recurring parent",
            ["requestId"],
            cause: "The operation changes a schedule, and this request has none.",
            remedy: "Address the request that was submitted with the schedule, not one of its instances."
        ),
        state(
            1020,
            "; too late for a callback",
            cause: "The request has ended.",
            remedy: "The request has ended and will not report any more; read its state instead."
        ),
        .init(
            1021,
            404,
            "Callback of request {0} not found",
            ["requestId"],
            cause: "Nobody subscribed to the request, or the subscription was removed.",
            remedy: "Nothing is to be removed: the request has no callback subscription."
        ),
        .init(
            1022,
            400,
            "Request {0} is in state {1} and does not wait for status {2}",
            ["requestId", "state", "status"],
            cause: "No job of the request reports this status now, or an earlier report closed its handle.",
            remedy: "Report only from the running asynchronous job, and each final status once."
        ),
        .init(
            1023,
            400,
            "Parent {0} is in state {1}, not RUNNING",
            ["requestId", "state"],
            cause: "A sub-request was submitted for a parent that does not run, or for a job set.",
            remedy: "Submit sub-requests from jobs, while they run, before they pause or end."
        ),
        .init(
            1024,
            400,
            "A sub-request cannot have a {0}",
            ["member"],
            cause: "A sub-request was submitted with a schedule, a start time or a job set.",
            remedy: "Leave the member out: a sub-request runs once, a single job, when its parent pauses."
        ),
        state(
            1025,
            " and cannot be reprioritised",
            cause: "The request has started or has ended.",
            remedy: "Change the priority before the request starts, in WAIT, READY, BLOCKED or HOLD."
        ),
        state(
            1026,
            " and cannot be recovered",
            cause: "Nothing of the request waits for a decision about its recovery.",
            remedy: "Recover only a request in ERROR_MANUAL_RECOVERY or one whose node is lost."
        ),
        state(
            1027,
            " and cannot be completed by hand",
            cause: "The request does not wait for the answer of an asynchronous job, or it is being cancelled.",
            remedy: "Complete only an asynchronous request that waits for its answer and is not being cancelled."
        ),
        state(
            1028,
            " and cannot be refreshed",
            cause: "The request has started or has ended.",
            remedy: "Refresh a request before it starts, in PENDING_VALIDATION, WAIT or HOLD."
        ),
        state(
            1029,
            " and cannot be rescheduled that way",
            cause: "The schedule is neither waiting nor held: it was cancelled or has ended.",
            remedy: "Change the schedule of a recurring parent while it is in WAIT or HOLD."
        ),
    ]

    static let requestConflicts: [ErrorCatalogueEntry] = [
        // The text of a failed request, never an answer of its own.
        .init(
            1030,
            500,
            "Lock cycle: {0}",
            ["requests"],
            cause: "Requests wait for each other's locks in a ring, so that none of them could ever run.",
            remedy: "Change the incompatibilities so that these requests do not wait for each other in a ring."
        ),
        .init(
            1050,
            409,
            "A request for {0} is already pending and duplicates are not allowed",
            ["jobDefinitionId"],
            cause: "The definition has SYS_allowMultPending false, and another request of it has not started yet.",
            remedy: "Wait for the pending request, or cancel it; the definition allows one at a time."
        ),
        .init(
            1051,
            409,
            "Request {0} was changed by another operation",
            ["requestId"],
            cause: "Another call, the job or the server changed the request between the check and the commit.",
            remedy: "Read the request again and decide anew; another call or the job itself was faster."
        ),
        .init(
            1052,
            409,
            "The handle's attempt of request {0} is over",
            ["requestId"],
            cause: "The attempt that the handle belongs to was ended, completed by hand, or replaced by a newer one.",
            remedy: "Stop the job: its attempt was ended or replaced and its reports no longer count."
        ),
        .init(
            1053,
            409,
            "Idempotency-Key was used for another call",
            cause: "The same key came with another method, path or body before.",
            remedy: "Use a fresh key for each call, and the same key only to repeat the same call."
        ),
        .init(
            1054,
            409,
            "Idempotency-Key is in use by a running call",
            cause: "The first call with this key has not been answered yet.",
            remedy: "Wait a moment and repeat the call with the same key to get the first call's answer."
        ),
    ]

    /// An entry whose message begins with the request's state, the `S` of REST §8.
    private static func state(
        _ code: ErrorCode,
        _ end: String,
        cause: String,
        remedy: String
    ) -> ErrorCatalogueEntry {
        .init(code, 400, "Request {0} is in state {1}\(end)", ["requestId", "state"], cause: cause, remedy: remedy)
    }
}
