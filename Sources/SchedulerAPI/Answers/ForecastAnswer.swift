package import SchedulerCore

/// What will start, as `/api/v1/forecast` shows it (administration §6.3).
package struct ForecastAnswer: Sendable {
    package let forecast: Forecast

    package init(forecast: Forecast) { self.forecast = forecast }

    /// Spans are in milliseconds. What is not known is left out.
    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 256 + 512 * forecast.entries.count)
        writer.beginObject()
        writer.member("count", forecast.entries.count)
        writer.member("from", forecast.window.from)
        writer.name("items")
        writer.beginArray()
        for entry in forecast.entries { entry.write(to: &writer) }
        writer.endArray()
        writer.member("nextFrom", forecast.nextFrom)
        writer.member("time", forecast.now)
        writer.member("to", forecast.window.to)
        writer.member("truncated", forecast.isTruncated)
        writer.endObject()
        return writer.bytes
    }
}

extension ForecastEntry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("application", subject.application)
        writer.member("endTime", end)
        writer.member("jobDefinitionId", subject.definition.description)
        writer.member("local", localText)
        writer.name("notes")
        writer.beginArray()
        for note in notes { writer.value(note.rawValue) }
        writer.endArray()
        writer.member("parentRequestId", subject.parentID?.value)
        writer.member("requestId", subject.requestID?.value)
        writer.member("runAsUser", subject.runAsUser)
        writer.member("scheduleDefinition", subject.schedule?.description)
        writer.member("scheduledTime", instant)
        writer.member("startTime", start)
        writer.member("submitter", subject.submitter)
        writer.member("usualP50", usual?.p50.wholeMilliseconds)
        writer.member("usualP95", usual?.p95.wholeMilliseconds)
        writer.member("workAssignment", assignment?.description)
        writer.member("workshift", workshift?.description)
        writer.endObject()
    }
}
