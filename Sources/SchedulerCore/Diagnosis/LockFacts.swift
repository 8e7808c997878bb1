/// What the lock table says to a request that is due (runtime §7.1).
package struct LockFacts: Hashable, Sendable {
    /// Who stands in the way of its tokens.
    package struct Blocker: Hashable, Sendable {
        package let request: RequestID
        package let key: LockKey
        package let kind: DiagnosticReason.BlockerKind
        /// Place of the request that waits in the line for the key.
        package let queuePosition: Int

        package init(
            request: RequestID,
            key: LockKey,
            kind: DiagnosticReason.BlockerKind,
            queuePosition: Int
        ) {
            self.request = request
            self.key = key
            self.kind = kind
            self.queuePosition = queuePosition
        }
    }

    /// The slots of its definition, all taken or promised to better-ranked requests.
    package struct Slots: Hashable, Sendable {
        package let definition: MetadataObjectID
        package let limit: Int
        package let inUse: Int
        /// At most `DiagnosisLimits.holders`.
        package let holders: [RequestID]
        package let queuePosition: Int

        package init(
            definition: MetadataObjectID,
            limit: Int,
            inUse: Int,
            holders: [RequestID],
            queuePosition: Int
        ) {
            self.definition = definition
            self.limit = limit
            self.inUse = inUse
            self.holders = holders
            self.queuePosition = queuePosition
        }
    }

    /// Best rank first, each request once.
    package var blockers: [Blocker] = []
    /// Nil where one is free, or none is needed.
    package var slots: Slots?

    package init() {}
}
