package import SchedulerCore

/// What a schedule will do (administration §6.3).
package struct PreviewAnswer: Sendable {
    package let preview: SchedulePreview

    package init(preview: SchedulePreview) { self.preview = preview }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 256 + 128 * preview.lines.count)
        writer.beginObject()
        writer.name("instants")
        writer.beginArray()
        for line in preview.lines {
            writer.beginObject()
            writer.member("utc", line.instant)
            writer.member("local", line.localText)
            writer.name("notes")
            writer.beginArray()
            for note in line.notes { writer.value(note.rawValue) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.member("text", preview.text)
        writer.endObject()
        return writer.bytes
    }
}
