/// What holds for all nodes of an installation.
package protocol InstallationStore: Sendable {
    /// Stores a fact that nobody has established yet.
    ///
    /// - Parameters:
    ///   - fact: what about.
    ///   - value: what it shall be.
    /// - Returns: what it is: of many nodes that call at once, all get the value of the one that came first.
    /// - Throws: `StoreFault`.
    func establish(_ fact: InstallationFact, _ value: String) async throws -> String
}

/// Facts that the first node establishes and the others find.
package enum InstallationFact: String, CaseIterable, Hashable, Sendable {
    /// Random name of the installation.
    case identity = "installation.id"
    /// Fingerprint of the key that all nodes must have.
    case keyFingerprint = "key.fingerprint"
    /// Which start has marked the folder of contents.
    case contentMarker = "content.marker"
}
