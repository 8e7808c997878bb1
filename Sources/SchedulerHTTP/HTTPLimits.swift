import SchedulerAPI

/// Bounds of the HTTP server, each with its unit.
package enum HTTPLimits {
    /// `http.maxBodySize` where nothing is configured, in bytes.
    package static let bodyBytesStandard = 4 * 1024 * 1024
    /// `metadata.maxSize` where nothing is configured, in bytes.
    package static let metadataBytesStandard = 16 * 1024 * 1024
    /// Longest URL that is looked at, in bytes of path and query: the longest filter fits with all of it encoded.
    package static let urlBytesMax = 128 * 1024
    /// Largest header, in bytes of its names and values.
    package static let headerBytesMax = 64 * 1024
    /// What the parser takes of URL and header before it gives up the connection, in bytes: enough for a message that
    /// is a few times too large to be told so.
    static let parsedHeadBytesMax = 1024 * 1024
    /// Bytes of a body that comes in a packet or a few, so that no timer is set for it.
    static let promptBodyBytesMax = 64 * 1024
    /// Bytes of a body that nobody wants which are still taken so that its sender comes to read the answer.
    package static let discardedBodyBytesMax = 256 * 1024 * 1024
    /// Items of a full page (REST §5.2).
    package static let pageItems = 200
    /// What `limit` may be (REST §5.2).
    package static let limitRange: ClosedRange<Int64> = WireLimits.listRange
    /// What `pageIndex` may be (REST §5.2).
    package static let pageRange: ClosedRange<Int64> = WireLimits.pageRange
    /// Numbers in one `id` parameter (REST §5.2).
    package static let idsMax = WireLimits.idsMax
    /// Lines of a log without `tail` (administration §6.1).
    package static let tailLinesStandard = 1000
    /// Most lines that `tail` may ask for.
    package static let tailLinesMax: Int64 = 1_000_000
    /// Bytes of the longest answer to `tail`; more is for a Range.
    package static let tailBytesMax = 8 * 1024 * 1024
    /// Bytes that are read from a file and sent at once.
    package static let contentChunkBytes = 256 * 1024
    /// Bytes of an output by which text is told from binary.
    package static let sniffedBytes = 8192
    /// Characters of a path that an error quotes.
    package static let quotedCharacters = 200
    /// Longest `Authorization` header that is looked at, in bytes.
    package static let authorizationBytesMax = 4096
    /// How long a proven password counts without being proven again (administration §5.1).
    package static let signInCached: Duration = .seconds(300)
    /// Proven passwords that are remembered.
    package static let signInsCachedMax = 10_000
    /// Passwords that may wait for being proven; each costs some 100 ms.
    package static let signInsWaitingMax = 64
    /// Passwords that are proven at once; each costs some 32 MB.
    package static let signInWorkers = 2
    /// Failed sign-ins of one user and address before the first pause (administration §5.8).
    package static let failuresAllowed = 5
    /// Span in which those failures count, and the first pause.
    package static let failureWindow: Duration = .seconds(60)
    /// Longest pause after failed sign-ins.
    package static let failurePauseMax: Duration = .seconds(900)
    /// Pairs of user and address whose failures are remembered.
    package static let failuresRememberedMax = 10_000
    /// `Retry-After` of a 503, in seconds.
    package static let retryAfterUnavailable = 5
    /// Pairs of user and address whose calls are counted.
    static let limitedCallersMax = 10_000
    /// `X-Request-Id`, in characters.
    package static let callIDMax = 128
    /// Runs of the purge in a list whose length is not given.
    static let purgeRunsStandard = 100
    /// Longest name of an imported file, in bytes.
    static let sourceNameMax = 1024
    /// `Idempotency-Key` (REST §2.6), in characters.
    package static let idempotencyKeyMax = 255
    /// `Retry-After` of a call under a key that another one is using, in seconds.
    static let retryAfterRunning = 1
}
