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
        error_code
        """

    package init(row: some RowSource) throws {
        self.init(
            time: Timestamp(milliseconds: row.integer()),
            entry: AuditEntry(
                principal: row.text(),
                action: row.text(),
                authMethod: row.optionalText(),
                clientAddress: row.optionalText(),
                attestation: row.optionalText(),
                trace: row.optionalText()
            ),
            targetKind: row.text(),
            targetID: row.text(),
            outcome: try StoredCodes.auditOutcomes.value(row.integer()),
            errorCode: row.optionalInteger().map { ErrorCode(Int(clamping: $0)) }
        )
    }
}
