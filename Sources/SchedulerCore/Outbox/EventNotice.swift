/// What is told of an event: the request as it was right then, so that every try says the same.
package struct EventNotice: Hashable, Sendable {
    package let event: RequestEventName
    package let absParentID: RequestID
    package let definitionID: String
    package let state: RequestState
    package let previousState: RequestState?
    package let cause: Cause
    package let errorType: ErrorType?
    package let message: String?
    package let attempt: Int
    package let time: Timestamp

    package init(
        event: RequestEventName,
        absParentID: RequestID,
        definitionID: String,
        state: RequestState,
        previousState: RequestState?,
        cause: Cause,
        errorType: ErrorType?,
        message: String?,
        attempt: Int,
        time: Timestamp
    ) {
        self.event = event
        self.absParentID = absParentID
        self.definitionID = definitionID
        self.state = state
        self.previousState = previousState
        self.cause = cause
        self.errorType = errorType
        self.message = message
        self.attempt = attempt
        self.time = time
    }

    /// What is told of a change of state; cause, error and message are those of an end.
    init(_ step: TransitionStep, of request: JobRequest) {
        let isEnd = step.to.isTerminal
        self.init(
            event: RequestEventName(from: step.from, to: step.to),
            request,
            state: step.to,
            previousState: step.from,
            isEnd: isEnd,
            attempt: step.attempt,
            time: step.time
        )
    }

    /// What is told of an event that changes no state.
    init(_ event: RequestEventName, of request: JobRequest, time: Timestamp) {
        self.init(
            event: event,
            request,
            state: request.state,
            previousState: request.previousState,
            isEnd: request.state.isTerminal,
            attempt: request.attempt,
            time: time
        )
    }

    private init(
        event: RequestEventName,
        _ request: JobRequest,
        state: RequestState,
        previousState: RequestState?,
        isEnd: Bool,
        attempt: Int,
        time: Timestamp
    ) {
        self.init(
            event: event,
            absParentID: request.lineage.absParentID,
            definitionID: request.facts.definitionID.description,
            state: state,
            previousState: previousState,
            cause: isEnd ? request.cause : .nonTerminal,
            errorType: isEnd ? request.errorType : nil,
            message: isEnd || event == .retry || event == .manualRecovery ? request.message?.text : nil,
            attempt: attempt,
            time: time
        )
    }
}
