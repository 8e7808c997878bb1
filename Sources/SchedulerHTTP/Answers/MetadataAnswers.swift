import Documents
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// The answers about metadata objects (administration §3).
enum MetadataAnswers {
    static func list(_ page: MetadataPage) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + 1024 * page.items.count)
        writer.beginObject()
        writer.member("count", page.items.count)
        writer.items(page.items) { $0.value(encoded: DocumentWriter.answer($1)) }
        writer.member("nextCursor", page.nextCursor)
        writer.endObject()
        return writer.bytes
    }

    static func versions(_ versions: [StoredMetadataVersion]) -> [UInt8] {
        list(versions) { writer, version in
            writer.beginObject()
            writer.member("comment", version.comment)
            writer.member("updatedBy", version.updatedBy)
            writer.member("updatedTime", version.updatedTime)
            writer.member("version", version.version)
            writer.endObject()
        }
    }

    static func referrers(_ ids: [MetadataObjectID]) -> [UInt8] {
        list(ids) { writer, id in
            writer.beginObject()
            writer.member("id", id.description)
            writer.endObject()
        }
    }

    static func permissions(_ actions: [MetadataAction]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("actions")
        writer.beginArray()
        for action in actions { writer.value(action.rawValue) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    static func customizations(_ values: [CustomizableProperty: String]) -> [UInt8] {
        list(values.sorted { $0.key.rawValue < $1.key.rawValue }) { writer, item in
            write(item.key.rawValue, item.value, to: &writer)
        }
    }

    static func customization(_ property: String, _ value: String) -> [UInt8] {
        var writer = JSONWriter()
        write(property, value, to: &writer)
        return writer.bytes
    }

    /// The documents are right, each and together.
    static func validation(_ plan: MetadataPlan) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("count", plan.items.count)
        warnings(plan.warnings, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    static func plan(_ plan: MetadataPlan) -> [UInt8] { changes(of: plan) { _ in nil } }

    /// The same with the versions that objects have now.
    static func applied(_ applied: MetadataService.Applied) -> [UInt8] { changes(of: applied.plan, applied.version) }

    /// Documents, what became of each part of the file, and what was stored.
    static func imported(_ imported: MetadataService.Imported) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.list("documents", imported.reading.contents) {
            $0.value(encoded: Array(DocumentWriter.json($1).utf8))
        }
        writer.list("report", imported.reading.report) { writer, item in
            writer.beginObject()
            writer.member("item", item.item)
            writer.member("line", item.line)
            writer.member("outcome", item.outcome.rawValue)
            writer.member("reason", item.reason)
            writer.member("source", item.source)
            writer.endObject()
        }
        if let applied = imported.applied {
            writer.name("result")
            writer.value(encoded: Self.applied(applied))
        }
        writer.endObject()
        return writer.bytes
    }

    private static func changes(of plan: MetadataPlan, _ version: (MetadataPlan.Item) -> Int?) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.name("baseVersions")
        writer.beginObject()
        for item in plan.items.sorted(by: { $0.id.precedes($1.id) }) {
            writer.name(JSONName(item.id.description))
            writer.value(item.baseVersion)
        }
        writer.endObject()
        writer.member("count", plan.items.count)
        writer.member("hasChanges", plan.hasChanges)
        writer.items(plan.items) { write($1, version: version($1), to: &$0) }
        writer.name("summary")
        writer.beginObject()
        for action in MetadataPlan.Action.allCases {
            writer.name(JSONName(action.rawValue))
            writer.value(plan.items.count { $0.action == action })
        }
        writer.endObject()
        warnings(plan.warnings, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ item: MetadataPlan.Item, version: Int?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("action", item.action.rawValue)
        writer.member("baseVersion", item.baseVersion)
        writer.name("diff")
        writer.beginArray()
        for difference in item.differences {
            writer.beginObject()
            if let from = difference.from {
                writer.name("from")
                writer.value(encoded: Array(from.utf8))
            }
            writer.member("path", difference.path)
            if let to = difference.to {
                writer.name("to")
                writer.value(encoded: Array(to.utf8))
            }
            writer.endObject()
        }
        writer.endArray()
        writer.member("id", item.id.description)
        writer.member("version", version)
        writer.endObject()
    }

    private static func write(_ property: String, _ value: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("property", property)
        writer.member("value", value)
        writer.endObject()
    }

    private static func warnings(_ warnings: [DocumentProblem], to writer: inout JSONWriter) {
        writer.name("warnings")
        writer.beginArray()
        for warning in warnings { ErrorPlace(warning).write(to: &writer) }
        writer.endArray()
    }

    private static func list<Item>(_ items: [Item], _ write: (inout JSONWriter, Item) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + 128 * items.count)
        writer.beginObject()
        writer.member("count", items.count)
        writer.items(items, write)
        writer.endObject()
        return writer.bytes
    }
}

extension JSONWriter {
    /// The member `items` of a list.
    fileprivate mutating func items<Item>(_ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
        list("items", items, write)
    }

    fileprivate mutating func list<Item>(
        _ name: JSONName,
        _ items: [Item],
        _ write: (inout JSONWriter, Item) -> Void
    ) {
        self.name(name)
        beginArray()
        for item in items { write(&self, item) }
        endArray()
    }
}
