/// A call that was carried out, and what it was answered.
package struct RecordedCall: Hashable, Sendable {
    package let call: IdempotentCall
    /// Store time of the transaction that carried it out.
    package let time: Timestamp
    package var answer: RecordedAnswer

    package init(_ call: IdempotentCall, _ answer: RecordedAnswer, time: Timestamp) {
        self.call = call
        self.time = time
        self.answer = answer
    }

    /// Whether the key counts at an instant; afterwards it is as if it had never been used.
    package func counts(at now: Timestamp) -> Bool { now < time + IdempotencyLimits.kept }
}

/// What a call was answered, as far as it takes to answer the same once more.
package enum RecordedAnswer: Hashable, Sendable {
    /// Carried out; its server ended before it could tell what it answered.
    case done
    /// Links of a request, and what little else answers tell of one.
    case request(AnsweredRequest)
    /// The whole answer.
    case message(RecordedMessage)
}

/// Where a request stands in its tree, which never changes: all that the links of an answer are made of.
package struct AnsweredRequest: Hashable, Sendable {
    package let id: RequestID
    package let parentID: RequestID?
    package let absParentID: RequestID
    package let instanceParentID: RequestID
    /// What a check-in was answered.
    package let isCancelling: Bool

    package init(
        id: RequestID,
        parentID: RequestID?,
        absParentID: RequestID,
        instanceParentID: RequestID,
        isCancelling: Bool
    ) {
        self.id = id
        self.parentID = parentID
        self.absParentID = absParentID
        self.instanceParentID = instanceParentID
        self.isCancelling = isCancelling
    }

    package init(_ request: JobRequest) {
        self.init(
            id: request.id,
            parentID: request.lineage.parentID,
            absParentID: request.lineage.absParentID,
            instanceParentID: request.lineage.instanceParentID,
            isCancelling: request.state == .cancelling
        )
    }
}

/// An answer as it was sent.
package struct RecordedMessage: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package let status: Int
    package let fields: [Field]
    package let body: [UInt8]

    package init(status: Int, fields: [Field], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
