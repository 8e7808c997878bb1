/// A job that runs inside the server (runtime §9.3).
///
/// Each invocation gets an instance of its own, so a job may keep what it needs in its properties. Conform a type,
/// register it in a `SwiftJobRegistry` under a class name, and let a job definition of the type
/// `JobType://escapement/core/SwiftJobType` name it in `SYS_className`.
///
/// ```swift
/// struct PostLedger: SwiftJob {
///     func run(_ context: SwiftJobContext) async throws -> SwiftJobResult {
///         guard let ledger = context.parameter("submit.argument1") else { throw BusinessError("No ledger given.") }
///         for page in pages(of: ledger) {
///             try Task.checkCancellation()
///             try await post(page)
///             context.log("posted \(page)")
///         }
///         return .success
///     }
/// }
/// ```
///
/// How it ends decides the state of the request:
/// - a returned `SwiftJobResult`;
/// - a thrown `BusinessError`: ERROR without retries; `ManualRecovery`: ERROR_MANUAL_RECOVERY; `CancellationError`:
///   CANCELLED; any other error: a SYSTEM error, tried again while retries are left.
///
/// A job may have others run in between: it submits them with `context.submit` and returns `.paused`; when all have
/// ended, a new instance runs with `context.pausedState` and `context.subRequests`, in the same attempt.
///
/// A cancel, a timeout action or the end of the server cancels the task; `context.isCancelled` turns true. A job that
/// has not returned when the grace is over (`SYS_EXT_cancelGrace`) is abandoned: its request ends without it, and
/// whatever it still does through its context is ignored. Jobs share the threads of the server: one must never block,
/// but await.
public protocol SwiftJob: Sendable {
    /// Makes the instance of one invocation.
    init()

    /// Does the work.
    ///
    /// - Parameter context: facts of the request, parameters, log, outputs.
    /// - Returns: how it ended, or that the answer comes later.
    /// - Throws: see `SwiftJob`.
    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult
}

/// A job that wants to be told when a request is cancelled that waits for its answer.
public protocol CancellableSwiftJob: SwiftJob {
    /// Tells the remote side that the request is being cancelled.
    ///
    /// Called on a new instance, perhaps in another process than `run`, and again after a failure; it should do no harm
    /// twice.
    ///
    /// - Parameters:
    ///   - context: as in `run`; `externalID` is set.
    ///   - reason: cause of the cancel, `OPERATOR_CANCEL`, `PROCESS_TIMED_OUT`.
    /// - Returns: whether the request ends at once or its final report is still awaited.
    /// - Throws: if the remote side could not be told; the hook is called again later.
    func cancel(_ context: SwiftJobContext, reason: String) async throws -> SwiftJobCancelAnswer
}
