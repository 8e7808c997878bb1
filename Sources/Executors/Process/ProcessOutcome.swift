package import SchedulerCore

/// How a supervised process ended. When it is delivered nothing of the process lives any more.
package struct ProcessOutcome: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case exited(code: Int32)
        case signalled(signal: Int32)
        /// The program never ran.
        case failedToStart(ProcessStartFailure)
    }

    package let ending: Ending
    /// Why the server signalled it while it ran; nil: it did not, the process ended by itself or by others.
    package let stoppedFor: StopReason?
    /// Last line of standard error that shows something, without control characters.
    package let lastErrorLine: String?
    /// Output was dropped beyond a cap.
    package let outputWasCut: Bool
    /// `errno` of a failed write to a log or output file; what came after is lost.
    package let outputError: Int32?

    package init(
        ending: Ending,
        stoppedFor: StopReason? = nil,
        lastErrorLine: String? = nil,
        outputWasCut: Bool = false,
        outputError: Int32? = nil
    ) {
        self.ending = ending
        self.stoppedFor = stoppedFor
        self.lastErrorLine = lastErrorLine
        self.outputWasCut = outputWasCut
        self.outputError = outputError
    }
}

/// Why a program never ran.
package struct ProcessStartFailure: Hashable, Sendable, CustomStringConvertible {
    package enum Step: Hashable, Sendable {
        case session
        case streams
        case limits
        case user
        case directory
        case execution
    }

    package let step: Step
    /// `errno`.
    package let code: Int32

    package init(step: Step, code: Int32) {
        self.step = step
        self.code = code
    }

    package var description: String {
        let attempt =
            switch step {
            case .session: "the process could not get a session"
            case .streams: "the streams of the process could not be set"
            case .limits: "the limits of the process could not be set"
            case .user: "the process could not change to its user"
            case .directory: "the process could not enter its work directory"
            case .execution: "the program could not be executed"
            }
        return "\(attempt): \(ProcessSystemError.text(of: code))"
    }
}
