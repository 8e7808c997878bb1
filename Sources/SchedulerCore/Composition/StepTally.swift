/// How the ended steps of a job set decide its outcome (runtime §6, aggregate). Folded step by step, in order of their
/// ends, so that a set of any size keeps a few values.
package struct StepTally: Hashable, Sendable {
    /// Steps that do not declare `SYS_selectState` false.
    package var contributing: StepAggregate
    /// Steps that declare it true: if one ran, such alone count.
    package var selected: StepAggregate

    package init(contributing: StepAggregate = .init(), selected: StepAggregate = .init()) {
        self.contributing = contributing
        self.selected = selected
    }

    /// Takes the end of a step in.
    ///
    /// - Parameters:
    ///   - end: of a step of this set.
    ///   - mode: of the set: which of several errors decides.
    package mutating func add(_ end: ChildEnd, mode: ExecutionMode) {
        guard end.selectState != false else { return }
        contributing.add(end, mode: mode)
        if end.selectState == true { selected.add(end, mode: mode) }
    }

    package var deciding: StepAggregate { selected.count > 0 ? selected : contributing }
}

/// The worst outcome among steps, and the step it is from.
package struct StepAggregate: Hashable, Sendable {
    package var count = 0
    /// SUCCEEDED, WARNING, CANCELLED or ERROR.
    package var outcome: RequestState = .succeeded
    package var errorType: ErrorType?
    /// Dotted path and message of the step that decided; nil while all succeeded.
    package var stepID: String?
    package var message: String?

    package init() {}

    mutating func add(_ end: ChildEnd, mode: ExecutionMode) {
        count += 1
        let state = Self.outcome(of: end.state)
        let severity = Self.severity(state)
        let present = Self.severity(outcome)
        if state == .error { add(errorType: end.errorType ?? .system, mode: mode) }
        // Of equals the last one of a series decides, and the first one of those side by side.
        guard severity > present || (severity == present && severity > 0 && mode == .serial) else { return }
        outcome = state
        stepID = end.stepID
        message = end.message
    }

    private mutating func add(errorType new: ErrorType, mode: ExecutionMode) {
        guard mode == .parallel, let known = errorType, known != new else {
            errorType = new
            return
        }
        let isBusiness = [known, new].contains { $0 == .business || $0 == .mixedBusiness }
        errorType = isBusiness ? .mixedBusiness : .mixedNonBusiness
    }

    private static func outcome(of state: RequestState) -> RequestState {
        switch state {
        case .succeeded, .warning, .cancelled: state
        default: .error
        }
    }

    private static func severity(_ state: RequestState) -> Int {
        switch state {
        case .succeeded: 0
        case .warning: 1
        case .cancelled: 2
        default: 3
        }
    }
}

/// The end of a child as its parent sees it.
package struct ChildEnd: Hashable, Sendable {
    package let id: RequestID
    package let state: RequestState
    package let errorType: ErrorType?
    /// Dotted path of a step; nil for instances and sub-requests.
    package let stepID: String?
    /// What the step declares as `SYS_selectState`; nil = nothing.
    package let selectState: Bool?
    package let message: String?

    package init(_ child: JobRequest, selectState: Bool? = nil) {
        id = child.id
        state = child.state
        errorType = child.errorType
        stepID = child.lineage.stepID
        self.selectState = selectState
        message = child.message?.text
    }
}
