package import SchedulerCore

/// A living node has the name that this one was given.
package struct NodeNameTaken: Error, Hashable, Sendable, CustomStringConvertible {
    package let holder: NodeRecord

    package init(holder: NodeRecord) { self.holder = holder }

    package var description: String {
        "a living node, process \(holder.process.pid), is called \(holder.name) already; node.name must differ"
    }
}
