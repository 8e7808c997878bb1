/// Removal of logs and outputs, for the purge. Every call may take the disk's time and blocks nobody.
package protocol ContentPurging: Sendable {
    /// Removes log and outputs of each; nothing happens where there are none.
    ///
    /// - Throws: where a file cannot be removed; a repeat goes on.
    func remove(_ ids: [RequestID]) async throws

    /// A part of the requests that content is kept of: those with the smallest numbers after one.
    ///
    /// - Parameter id: only greater numbers; nil = from the beginning.
    /// - Returns: in order of their numbers; empty where none follow.
    /// - Throws: where a folder cannot be read.
    func contents(after id: RequestID?) async throws -> [StoredContent]
}

/// That content of a request is kept.
package struct StoredContent: Hashable, Sendable {
    package let id: RequestID
    /// When its folder was last changed, by the clock of the disk.
    package let changedTime: Timestamp

    package init(id: RequestID, changedTime: Timestamp) {
        self.id = id
        self.changedTime = changedTime
    }
}
