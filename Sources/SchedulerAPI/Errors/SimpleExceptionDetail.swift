package import SchedulerCore

/// The body of every error answer (REST §2.3, §6); all five members are always there, `errors` only where there are
/// several places to mend (administration §3).
package struct SimpleExceptionDetail: Hashable, Sendable {
    package let detail: String
    package let errorCode: String
    package let status: Int
    package let title: String
    /// URL of the page about the code, on this server.
    package let type: String
    package let errors: [ErrorPlace]

    /// `publicURL` is the configured base URL of this server.
    package init(_ error: SchedulerError, publicURL: String, errors: [ErrorPlace] = []) {
        self.errors = errors
        detail = error.detail
        errorCode = error.code.description
        status = error.status
        title = error.title
        type = "\(PublicURL.trimmed(publicURL))\(ErrorPage.path(of: error.code))"
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("detail", detail)
        writer.member("errorCode", errorCode)
        if !errors.isEmpty {
            writer.name("errors")
            writer.beginArray()
            for place in errors { place.write(to: &writer) }
            writer.endArray()
        }
        writer.member("status", status)
        writer.member("title", title)
        writer.member("type", type)
        writer.endObject()
    }

    package var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}
