package import SchedulerCore

/// Body of a change of priority (administration §6.1).
package struct PriorityBody: Hashable, Sendable {
    package var priority: Int

    package init(json: [UInt8]) throws(SchedulerError) { try self.init(JSONReader.read(json)) }

    /// - Throws: the codes of decoding, ESS-05005 outside 0 to 9.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        priority = Int(try json.required("priority").requireInteger(in: WireLimits.priorityRange))
    }
}
