package import SchedulerCore

/// Body of a change of priority (administration §6.1).
package struct PriorityBody: WireBody {
    package var priority: Int

    /// - Throws: the codes of decoding, ESS-05005 outside 0 to 9.
    package init(_ json: JSONValue) throws(SchedulerError) {
        priority = Int(try json.required("priority").requireInteger(in: WireLimits.priorityRange))
    }
}
