import SchedulerCore

/// Answer to operations 8, 10 to 14 and 17: links only (REST §2.4).
package struct ActionAnswer: Sendable {
    package let lineage: RequestLineage

    package init(lineage: RequestLineage) { self.lineage = lineage }

    package func encoded(by links: LinkBuilder) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        writer.name("links")
        links.write(lineage, filter: links.actionAnswer, to: &writer)
        writer.endObject()
        return writer.bytes
    }
}
