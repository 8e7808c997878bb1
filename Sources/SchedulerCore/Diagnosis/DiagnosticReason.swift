/// One reason that holds, with the fields that the table of runtime §10 gives it; all others are nil or empty.
package struct DiagnosticReason: Hashable, Sendable {
    package enum BlockerKind: String, CaseIterable, Hashable, Sendable {
        /// It has what is needed.
        case holder = "HOLDER"
        /// It waits for the same and comes first.
        case waiter = "WAITER"
    }

    package let code: DiagnosticCode
    /// For people: what holds, and what one may do.
    package var text: String

    // MARK: Other requests

    package var blockingRequestID: RequestID?
    package var blockerKind: BlockerKind?
    package var parentRequestID: RequestID?
    package var subRequestID: RequestID?
    /// Live ones, at most `DiagnosisLimits.relatives`.
    package var childRequestIDs: [RequestID] = []
    /// Who has the slots, at most `DiagnosisLimits.holders`.
    package var holders: [RequestID] = []

    // MARK: Instants

    package var scheduledTime: Timestamp?
    package var nextInstant: Timestamp?
    package var nextWindow: Timestamp?
    package var nextCall: Timestamp?
    package var timeoutAt: Timestamp?
    package var lastCheckIn: Timestamp?
    package var cancelInitiatedTime: Timestamp?
    package var earliestForceCancelTime: Timestamp?
    /// When the code that runs is killed if it does not end by itself.
    package var killTime: Timestamp?

    // MARK: Numbers

    package var attempt: Int?
    /// The one that is awaited included.
    package var retriesLeft: Int?
    package var limit: Int?
    package var asyncLimit: Int?
    package var threads: Int?
    package var inUse: Int?
    /// 1 + better-ranked requests that wait for the same.
    package var queuePosition: Int?
    package var cancelCalls: Int?
    package var pid: Int32?
    /// How long runs of its definition take.
    package var usual: UsualDuration?

    // MARK: Names

    package var who: String?
    /// Metadata objects that are not there.
    package var missing: [MetadataObjectID] = []
    package var application: String?
    package var logicalCluster: String?
    package var requestedProcessor: String?
    package var nodes: [String] = []
    package var node: String?
    package var processor: String?
    package var workAssignment: MetadataObjectID?
    package var workshift: MetadataObjectID?
    package var asyncExecType: String?
    package var incompatibility: MetadataObjectID?
    /// Of a DOMAIN incompatibility the property as text.
    package var value: String?
    package var externalID: String?
    package var message: String?
    package var reason: String?
    package var isTimedOut: Bool?

    init(_ code: DiagnosticCode, _ text: String) {
        self.code = code
        self.text = text
    }

    init(_ code: DiagnosticCode, _ text: String, _ fill: (inout DiagnosticReason) -> Void) {
        self.init(code, text)
        fill(&self)
    }
}
