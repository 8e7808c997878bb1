/// Writing side of the logs and outputs of requests (runtime §9.5).
///
/// Every call is synchronous file work: none belongs on an event loop, and only short ones on the cooperative pool.
package protocol ContentWriting: Sendable {
    /// Appends a line to the request's log, written at once; beyond the cap it is dropped behind one marker.
    ///
    /// - Parameters:
    ///   - line: without a line end; control characters are left out, inner line ends begin lines of the same stamp.
    ///   - id: number of the request.
    ///   - level: shown in the line; whoever calls has compared it with the level asked for.
    ///   - time: shown in the line.
    /// - Throws: `ContentError` if the file cannot be written.
    func appendLog(_ line: String, of id: RequestID, level: JobLogLevel, at time: Timestamp) throws

    /// Stores one output whole and durable; an earlier one of the name is replaced at once.
    ///
    /// - Throws: `ContentError` if the name is not allowed or the bytes exceed the cap.
    func writeOutput(_ bytes: [UInt8], name: String, of id: RequestID) throws

    /// Stores a copy of every output that a job left in a directory; see `OutputCollection`.
    ///
    /// - Parameters:
    ///   - directory: absolute path; may be written by a hostile job meanwhile.
    ///   - id: number of the request.
    /// - Returns: what was stored, and remarks on what was not.
    /// - Throws: `ContentError` if the directory cannot be read or the store's cannot be written; one file that cannot
    ///   be taken is a remark.
    func collectOutputs(from directory: String, of id: RequestID) throws -> OutputCollection

    /// Removes log and outputs; nothing happens if there are none.
    func remove(_ id: RequestID) throws
}

/// What `collectOutputs` found.
package struct OutputCollection: Hashable, Sendable {
    /// Stored whole, or cut where `remarks` says so.
    package var stored: [OutputFile] = []
    /// One sentence for each file that was cut or not taken; fit for the request's log.
    package var remarks: [String] = []

    package init() {}
}
