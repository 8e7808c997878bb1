/// Answer to submitArgs: what a submit takes as it stands (REST §5.4).
package struct SubmitArgsAnswer: Sendable {
    package let body: SubmitArgsBody

    package init(_ body: SubmitArgsBody) { self.body = body }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 64 + 96 * body.requestParameters.count)
        writer.beginObject()
        writer.member("application", body.application)
        writer.name("requestParameters")
        writer.beginArray()
        for parameter in body.requestParameters {
            writer.parameter(
                parameter.name,
                type: parameter.type,
                value: parameter.value,
                scope: parameter.scope
            )
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
