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
        error_code, reason, diff
        """

    package init(row: some RowSource) throws {
        let time = Timestamp(milliseconds: row.integer())
        let (principal, action) = (row.text(), row.text())
        let (authMethod, clientAddress) = (row.optionalText(), row.optionalText())
        let (attestation, trace) = (row.optionalText(), row.optionalText())
        let (targetKind, targetID) = (row.text(), row.text())
        let outcome = try StoredCodes.auditOutcomes.value(row.integer())
        let errorCode = row.optionalInteger().map { ErrorCode(Int(clamping: $0)) }
        let entry = AuditEntry(
            principal: principal,
            action: action,
            authMethod: authMethod,
            clientAddress: clientAddress,
            attestation: attestation,
            trace: trace,
            reason: row.optionalText()
        )
        self.init(
            time: time,
            entry: entry,
            targetKind: targetKind,
            targetID: targetID,
            outcome: outcome,
            errorCode: errorCode,
            diff: row.optionalText()
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
        row.bind(diff)
    }
}

extension StoredMetadata {
    /// Columns of a metadata row, as `init(row:)` expects them.
    package static let columns = """
        id, origin, version, document, created_by, created_time, updated_by, updated_time
        """

    /// All objects, by id.
    package static let query = "SELECT \(columns) FROM metadata ORDER BY id"
    /// All customised properties: id, property, value.
    package static let customizationQuery = "SELECT id, property, value FROM metadata_customization"

    /// Reads the columns of a row; customised properties are elsewhere.
    package init(row: some RowSource) {
        self.init(
            id: row.text(),
            origin: row.text(),
            version: Int(clamping: row.integer()),
            document: row.text(),
            createdBy: row.text(),
            createdTime: Timestamp(milliseconds: row.integer()),
            updatedBy: row.text(),
            updatedTime: Timestamp(milliseconds: row.integer())
        )
    }
}

/// A customised property of an object, a row of its own.
package struct StoredCustomization: Sendable {
    package let id: String
    package let property: String
    package let value: String

    /// Reads id, property and value.
    package init(row: some RowSource) {
        id = row.text()
        property = row.text()
        value = row.text()
    }
}

extension [StoredMetadata] {
    /// The same with their customised properties.
    package func with(_ customizations: [StoredCustomization]) -> [StoredMetadata] {
        guard !customizations.isEmpty else { return self }
        let byID = Dictionary(grouping: customizations) { ExactText($0.id) }
        return map { object in
            guard let own = byID[ExactText(object.id)] else { return object }
            var object = object
            for each in own { object.customizations[each.property] = each.value }
            return object
        }
    }
}

extension StoredMetadataVersion {
    /// Columns of a row of the history, as `init(row:)` expects them.
    package static let columns = "id, version, document, updated_by, updated_time, comment"

    package init(row: some RowSource) {
        self.init(
            id: row.text(),
            version: Int(clamping: row.integer()),
            document: row.text(),
            updatedBy: row.text(),
            updatedTime: Timestamp(milliseconds: row.integer()),
            comment: row.optionalText()
        )
    }
}
