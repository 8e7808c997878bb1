/// Why a client command ends early: the exit status and the line for the user.
struct ClientFailure: Error, Sendable, Equatable, CustomStringConvertible {
    let exit: ClientExit
    let message: String
    /// The server's error code, such as `ESS-05003`, when the server refused.
    var errorCode: String?
    /// Further lines: every place that the server named.
    var details: [String] = []

    var description: String { message }

    /// Whether trying again later may help.
    var isTransient: Bool { exit == .unavailable }
}
