package import SchedulerCore

/// Rows of `purge_run`: what a run is to take is packed, how far it has come are columns.
package enum PurgeCodec {
    /// Columns of a run, as `run(row:)` expects them and `bind` gives them.
    package static let columns = """
        id, purge_order, principal, started_time, ended_time, stage, mark_time, mark_id, trees, requests, below_id
        """

    package static func bind(_ run: PurgeRun, to row: some RowSink) {
        row.bind(run.id)
        row.bind(encode(run.order))
        row.bind(run.principal)
        row.bind(run.startedTime.milliseconds)
        bindProgress(of: run, to: row)
    }

    /// Binds `ended_time, stage, mark_time, mark_id, trees, requests, below_id`.
    package static func bindProgress(of run: PurgeRun, to row: some RowSink) {
        row.bind(run.endedTime?.milliseconds)
        row.bind(run.position.stage)
        row.bind(run.position.last?.completedTime.milliseconds)
        row.bind(run.position.last?.id.value)
        row.bind(run.trees)
        row.bind(run.requests)
        row.bind(run.position.below?.value)
    }

    package static func run(row: some RowSource) throws -> PurgeRun {
        let id = row.integer()
        guard let order = try row.blob(decode) else { throw PackedReader.corrupt }
        let principal = row.text()
        var run = PurgeRun(
            id: id,
            order: order,
            principal: principal,
            startedTime: Timestamp(milliseconds: row.integer())
        )
        run.endedTime = row.optionalInteger().map { Timestamp(milliseconds: $0) }
        let stage = Int(clamping: row.integer())
        let time = row.optionalInteger()
        let mark = row.optionalInteger()
        if let time, let mark {
            let last = PurgeMark(completedTime: Timestamp(milliseconds: time), id: RequestID(mark))
            run.position = PurgePosition(stage: stage, last: last)
        } else {
            run.position = PurgePosition(stage: stage)
        }
        run.trees = row.integer()
        run.requests = row.integer()
        run.position.below = row.optionalInteger().map { RequestID($0) }
        return run
    }

    // MARK: - Orders

    private static let version: UInt8 = 1

    package static func encode(_ order: PurgeOrder) -> [UInt8] {
        var writer = PackedWriter()
        writer.byte(version)
        writer.optionalText(order.policy?.description)
        let criteria = order.criteria
        writer.optionalText(criteria.application)
        writer.optionalText(criteria.product)
        writer.optionalText(criteria.jobDefinition?.description)
        writer.optionalText(criteria.jobType?.description)
        writer.optionalText(criteria.executionType?.rawValue)
        writer.optionalText(criteria.submitter)
        writer.integer(order.retention.other)
        for days in [
            order.retention.success, order.retention.error, order.retention.warning, order.retention.cancelled,
            order.maxRequests,
        ] {
            writer.byte(days == nil ? 0 : 1)
            if let days { writer.integer(days) }
        }
        writer.byte(order.isLogicalOnly ? 1 : 0)
        writer.byte(order.isDryRun ? 1 : 0)
        return writer.bytes
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer) throws -> PurgeOrder {
        var reader = PackedReader(bytes)
        guard try reader.byte() == version else { throw PackedReader.corrupt }
        let policy = try id(reader.optionalText())
        var criteria = PurgeCriteria()
        criteria.application = try reader.optionalText()
        criteria.product = try reader.optionalText()
        criteria.jobDefinition = try id(reader.optionalText())
        criteria.jobType = try id(reader.optionalText())
        criteria.executionType = try reader.optionalText().flatMap(ExecutionType.init)
        criteria.submitter = try reader.optionalText()
        var retention = PurgeRetention(other: try reader.integer())
        retention.success = try optionalInteger(&reader)
        retention.error = try optionalInteger(&reader)
        retention.warning = try optionalInteger(&reader)
        retention.cancelled = try optionalInteger(&reader)
        return PurgeOrder(
            policy: policy,
            criteria: criteria,
            retention: retention,
            maxRequests: try optionalInteger(&reader),
            isLogicalOnly: try reader.byte() != 0,
            isDryRun: try reader.byte() != 0
        )
    }

    private static func optionalInteger(_ reader: inout PackedReader) throws -> Int64? {
        try reader.byte() == 0 ? nil : try reader.integer()
    }

    private static func id(_ text: String?) throws -> MetadataObjectID? {
        guard let text else { return nil }
        guard let id = MetadataObjectID(label: text) else { throw PackedReader.corrupt }
        return id
    }
}
