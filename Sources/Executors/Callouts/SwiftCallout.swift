/// A callout inside the server: called before or after the executable of a request (runtime §9.4).
///
/// Register a type in the `SwiftJobRegistry` and let a definition name it in `SYS_preProcess` or `SYS_postProcess`.
/// Each call gets an instance of its own. The same rules as for a `SwiftJob` hold: it awaits and never blocks, and when
/// its request is cancelled its task is; what has not returned when the grace is over is abandoned.
///
/// A thrown `BusinessError` is the answer BIZ_ERROR; any other error means that the callout has failed.
public protocol SwiftCallout: Sendable {
    /// Makes the instance of one call.
    init()

    /// Decides how the request goes on.
    ///
    /// - Parameters:
    ///   - context: facts of the request, parameters, log, outputs.
    ///   - moment: where in its life the request is.
    /// - Returns: the answer.
    /// - Throws: see `SwiftCallout`.
    func call(_ context: SwiftJobContext, _ moment: SwiftCalloutMoment) async throws -> SwiftCalloutAnswer
}

/// When a callout is called.
public enum SwiftCalloutMoment: Hashable, Sendable {
    case beforeExecutable
    /// The executable has succeeded, perhaps with a warning.
    case afterExecutable(warned: Bool)
}
