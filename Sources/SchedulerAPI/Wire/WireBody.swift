package import SchedulerCore

/// The body of a call: one JSON object.
package protocol WireBody: Hashable, Sendable {
    /// - Parameter json: an object.
    /// - Throws: the codes of decoding, and those of the body's own rules.
    init(_ json: JSONValue) throws(SchedulerError)
}

extension WireBody {
    /// Reads a whole body.
    package init(json: [UInt8]) throws(SchedulerError) {
        let value = try JSONReader.read(json)
        try value.requireObject()
        try self.init(value)
    }
}
