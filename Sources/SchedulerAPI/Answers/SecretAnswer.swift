package import SchedulerCore

/// What is told of a named secret: never its value (administration §5.5).
package struct SecretAnswer: Sendable {
    package let stored: StoredSecret

    package init(stored: StoredSecret) { self.stored = stored }

    package var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("definitions")
        writer.beginArray()
        for pattern in stored.secret.definitions { writer.value(pattern.description) }
        writer.endArray()
        writer.member("name", stored.secret.name)
        writer.member("updatedBy", stored.updatedBy)
        writer.member("updatedTime", stored.updatedTime)
        writer.endObject()
    }
}

/// All of them, as lists of `/api/v1` are (administration §3).
package struct SecretListAnswer: Sendable {
    package let secrets: [StoredSecret]

    package init(secrets: [StoredSecret]) { self.secrets = secrets }

    package var encoded: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("count", secrets.count)
        writer.name("items")
        writer.beginArray()
        for stored in secrets { SecretAnswer(stored: stored).write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
