package import SchedulerCore

/// A run of the purge as `/api/v1/purge` shows it (administration §6.5).
package struct PurgeRunAnswer: Sendable {
    package let run: PurgeRun

    package init(run: PurgeRun) { self.run = run }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        let order = run.order
        writer.beginObject()
        writer.name("criteria")
        write(order.criteria, to: &writer)
        writer.member("dryRun", order.isDryRun)
        writer.member("endedTime", run.endedTime)
        writer.member("id", run.id)
        writer.member("logicalDeleteOnly", order.isLogicalOnly)
        writer.member("maxRequests", order.maxRequests)
        writer.member("policy", order.policy?.description)
        writer.member("principal", run.principal)
        writer.member("requests", run.requests)
        writer.name("retentionDays")
        write(order.retention, to: &writer)
        writer.member("startedTime", run.startedTime)
        writer.member("state", run.endedTime == nil ? "RUNNING" : "ENDED")
        writer.member("trees", run.trees)
        writer.endObject()
    }

    private func write(_ criteria: PurgeCriteria, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("application", criteria.application)
        writer.member("executionType", criteria.executionType?.rawValue)
        writer.member("jobDefinition", criteria.jobDefinition?.description)
        writer.member("jobType", criteria.jobType?.description)
        writer.member("product", criteria.product)
        writer.member("submitter", criteria.submitter)
        writer.endObject()
    }

    private func write(_ retention: PurgeRetention, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("cancelled", retention.cancelled)
        writer.member("default", retention.other)
        writer.member("error", retention.error)
        writer.member("success", retention.success)
        writer.member("warning", retention.warning)
        writer.endObject()
    }
}

/// Runs, newest first.
package struct PurgeRunListAnswer: Sendable {
    package let runs: [PurgeRun]

    package init(runs: [PurgeRun]) { self.runs = runs }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 64 + 512 * runs.count)
        writer.beginObject()
        writer.member("count", runs.count)
        writer.name("items")
        writer.beginArray()
        for run in runs { PurgeRunAnswer(run: run).write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
