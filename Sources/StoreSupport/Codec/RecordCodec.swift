package import SchedulerCore

extension TransitionStep {
    /// Columns of a history row, as `init(row:)` expects them.
    package static let columns = "event, source, target, time, attempt, refusal"

    package init(row: some RowSource) throws {
        self.init(
            event: try StoredCodes.events.value(row.integer()),
            from: try StoredCodes.state(row.integer()),
            to: try StoredCodes.state(row.integer()),
            time: Timestamp(milliseconds: row.integer()),
            attempt: Int(clamping: row.integer()),
            refusal: row.optionalInteger().map { ErrorCode(Int(clamping: $0)) }
        )
    }
}

extension AuditRecord {
    /// Columns of an audit row, as `init(row:)` expects them.
    package static let columns = """
        time, principal, action, auth_method, client_address, attestation, trace, target_kind, target_id, outcome,
        error_code, reason
        """

    package init(row: some RowSource) throws {
        let time = Timestamp(milliseconds: row.integer())
        let (principal, action) = (row.text(), row.text())
        let (authMethod, clientAddress) = (row.optionalText(), row.optionalText())
        let (attestation, trace) = (row.optionalText(), row.optionalText())
        let (targetKind, targetID) = (row.text(), row.text())
        let outcome = try StoredCodes.auditOutcomes.value(row.integer())
        let errorCode = row.optionalInteger().map { ErrorCode(Int(clamping: $0)) }
        self.init(
            time: time,
            entry: AuditEntry(
                principal: principal,
                action: action,
                authMethod: authMethod,
                clientAddress: clientAddress,
                attestation: attestation,
                trace: trace,
                reason: row.optionalText()
            ),
            targetKind: targetKind,
            targetID: targetID,
            outcome: outcome,
            errorCode: errorCode
        )
    }
}

extension AuditRecord {
    /// Binds the columns of an audit row in their order.
    package func bind(to row: some RowSink) {
        row.bind(time.milliseconds)
        row.bind(entry.principal)
        row.bind(entry.action)
        row.bind(entry.authMethod)
        row.bind(entry.clientAddress)
        row.bind(entry.attestation)
        row.bind(entry.trace)
        row.bind(targetKind)
        row.bind(targetID)
        row.bind(StoredCodes.auditOutcomes.code(outcome))
        row.bind(errorCode.map { Int64($0.number) })
        row.bind(entry.reason)
    }
}

extension StoredMetadata {
    /// All objects, by id.
    package static let query = "SELECT id, origin, version, document, updated_time FROM metadata ORDER BY id"

    /// Reads a row of `query`.
    package init(row: some RowSource) {
        self.init(
            id: row.text(),
            origin: row.text(),
            version: Int(clamping: row.integer()),
            document: row.text(),
            updatedTime: Timestamp(milliseconds: row.integer())
        )
    }
}
