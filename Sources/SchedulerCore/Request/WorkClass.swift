/// What decides which nodes may run a request at all (runtime §7.3): nodes pass over whole classes that are not theirs,
/// so that what no node can take delays nothing else.
package struct WorkClass: Hashable, Sendable {
    /// `SYS_effectiveApplication`, else the application of the request.
    package let application: String
    /// `SYS_logicalClusterName`: only nodes that list it; nil = any.
    package let logicalCluster: String?
    /// `SYS_requestedProcessor`: only the node so named; nil = any.
    package let requestedProcessor: String?
    /// Not where it may run, but what assignments look at: then the class is a group, whatever else it says.
    package let group: WorkGroup?

    package init(application: String, logicalCluster: String? = nil, requestedProcessor: String? = nil) {
        self.application = application
        self.logicalCluster = logicalCluster
        self.requestedProcessor = requestedProcessor
        group = nil
    }

    /// The class of all requests of a group.
    package init(_ group: WorkGroup) {
        application = ""
        logicalCluster = nil
        requestedProcessor = nil
        self.group = group
    }

    /// ASCII's unit separator.
    private static let separator: UInt8 = 0x1F

    /// One text for all of it: what stores keep.
    package var label: String {
        if let group { return group.label }
        return [application, logicalCluster ?? "", requestedProcessor ?? ""]
            .joined(separator: String(UnicodeScalar(Self.separator)))
    }

    /// Takes apart what `label` put together; nil where the text is none.
    package init?(label: String) {
        // Only an application may hold the separator: the other two are names of nodes and clusters.
        guard let last = label.utf8.lastIndex(of: Self.separator),
            let first = label.utf8[..<last].lastIndex(of: Self.separator)
        else { return nil }
        let cluster = label[label.utf8.index(after: first)..<last]
        let processor = label[label.utf8.index(after: last)...]
        self.init(
            application: String(label[..<first]),
            logicalCluster: cluster.isEmpty ? nil : String(cluster),
            requestedProcessor: processor.isEmpty ? nil : String(processor)
        )
    }
}

/// What a node takes on (administration §9, `node.`).
package struct NodeAdmission: Hashable, Sendable {
    package var name: String
    /// Nil = all.
    package var applications: Set<String>?
    package var logicalClusters: Set<String>

    package init(name: String, applications: Set<String>? = nil, logicalClusters: Set<String> = []) {
        self.name = name
        self.applications = applications
        self.logicalClusters = logicalClusters
    }

    package func admits(_ work: WorkClass) -> Bool {
        if let applications, !applications.contains(work.application) { return false }
        if let cluster = work.logicalCluster, !logicalClusters.contains(cluster) { return false }
        return work.requestedProcessor.map { $0 == name } ?? true
    }
}
