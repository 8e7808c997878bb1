package import SchedulerCore

/// Body of a binding of an assignment to a node (administration §4).
package struct BindingBody: Hashable, Sendable {
    package var scope: WorkBinding.Scope
    package var isEnabled: Bool

    package init(json: [UInt8]) throws(SchedulerError) { try self.init(JSONReader.read(json)) }

    /// What is not said is as in documents: standard, switched on.
    ///
    /// - Throws: the codes of decoding.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        scope = try json.enumMember("scope") ?? .standard
        isEnabled = try json.boolMember("enabled") ?? true
    }
}
