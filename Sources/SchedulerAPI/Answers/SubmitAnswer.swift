import SchedulerCore

/// Answer to a submit: the new request under both names that callers read, and its links (REST §5.3).
package struct SubmitAnswer: Sendable {
    package let lineage: RequestLineage

    package init(lineage: RequestLineage) { self.lineage = lineage }

    package func encoded(by links: LinkBuilder) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        writer.member("id", lineage.requestId.value)
        writer.name("links")
        links.write(lineage, to: &writer)
        writer.member("requestId", lineage.requestId.value)
        writer.endObject()
        return writer.bytes
    }
}
