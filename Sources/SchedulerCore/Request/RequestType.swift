/// Place of a request in its tree, fixed at creation (runtime §1.2).
package enum RequestType: String, CaseIterable, Hashable, Sendable {
    case singleton = "SINGLETON"
    case recurParent = "RECUR_PARENT"
    case recurChild = "RECUR_CHILD"
    case jobSetSingleton = "JOBSET_SINGLETON"
    case jobSetStep = "JOBSET_STEP"
    case jobSetRecurParent = "JOBSET_RECUR_PARENT"
    case jobSetRecurChild = "JOBSET_RECUR_CHILD"
    case subRequest = "SUB_REQUEST"

    package var isRecurringParent: Bool { self == .recurParent || self == .jobSetRecurParent }

    /// Whether such a request is an instance of a recurring parent.
    package var isRecurringInstance: Bool { self == .recurChild || self == .jobSetRecurChild }

    /// Whether such a request has no parent.
    package var isRoot: Bool {
        switch self {
        case .singleton, .recurParent, .jobSetSingleton, .jobSetRecurParent: true
        case .recurChild, .jobSetStep, .jobSetRecurChild, .subRequest: false
        }
    }

    /// Whether such a request is the root of one run.
    package var isInstanceParent: Bool {
        switch self {
        case .singleton, .jobSetSingleton, .recurChild, .jobSetRecurChild: true
        case .recurParent, .jobSetRecurParent, .jobSetStep, .subRequest: false
        }
    }

    /// Types of the requests that may stand directly below. A step is a job or a set of its own.
    package var childTypes: [RequestType] {
        switch self {
        case .recurParent: [.recurChild]
        case .jobSetRecurParent: [.jobSetRecurChild]
        case .jobSetSingleton, .jobSetRecurChild: [.jobSetStep]
        case .jobSetStep: [.jobSetStep, .subRequest]
        case .singleton, .recurChild, .subRequest: [.subRequest]
        }
    }
}

/// How a request is executed on the wire (REST §4.2); job sets have none.
package enum ExecutionType: String, CaseIterable, Hashable, Sendable {
    case java = "JAVA_TYPE"
    case process = "PROCESS_TYPE"
    case sql = "SQL_TYPE"
}

/// Order in which the steps of a job set run; `none` for everything else (REST §3.5).
package enum ExecutionMode: String, CaseIterable, Hashable, Sendable {
    case none = "NONE"
    case serial = "SERIAL"
    case parallel = "PARALLEL"
}
