import CProcess

extension ProcessStartFailure {
    /// As the child reported it.
    init(_ failure: cprocess_failure) {
        let step: Step =
            switch UInt32(bitPattern: failure.step) {
            case CPROCESS_SESSION.rawValue: .session
            case CPROCESS_STREAMS.rawValue: .streams
            case CPROCESS_LIMITS.rawValue: .limits
            case CPROCESS_USER.rawValue: .user
            case CPROCESS_DIRECTORY.rawValue: .directory
            default: .execution
            }
        self.init(step: step, code: failure.error)
    }
}
