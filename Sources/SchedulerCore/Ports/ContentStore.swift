/// Logs and outputs of requests: files beside the database, bounded, readable while they grow (runtime §9.5).
package protocol ContentStore: Sendable {
    /// Path of the request's log; its folder exists afterwards. Executors append to it directly.
    func logPath(of id: RequestID) throws -> String

    /// Bytes of the log from `offset`, at most `limit`; nil if there is no log.
    func log(of id: RequestID, from offset: Int64, limit: Int) throws -> ContentSlice?

    /// Path of the folder that keeps the outputs; it exists afterwards.
    func outputDirectory(of id: RequestID) throws -> String

    /// Names and sizes of the outputs, by name.
    func outputs(of id: RequestID) throws -> [OutputFile]

    /// Bytes of an output from `offset`, at most `limit`; nil if there is none of that name.
    func output(of id: RequestID, name: String, from offset: Int64, limit: Int) throws -> ContentSlice?
}

/// Part of a file and the size of the whole.
package struct ContentSlice: Hashable, Sendable {
    package let bytes: [UInt8]
    package let totalSize: Int64

    package init(bytes: [UInt8], totalSize: Int64) {
        self.bytes = bytes
        self.totalSize = totalSize
    }
}

/// One output of a request.
package struct OutputFile: Hashable, Sendable {
    /// `[A-Za-z0-9._-]{1,128}` (administration §5.10).
    package let name: String
    /// Bytes.
    package let size: Int64

    package init(name: String, size: Int64) {
        self.name = name
        self.size = size
    }
}
