/// What an exit code means (runtime §9.1): the lists are asked in the order of the cases.
package struct ExitCodeMap: Hashable, Sendable {
    /// Meaning of an exit code; `failure` is any code of no list: a SYSTEM error.
    package enum Meaning: CaseIterable, Hashable, Sendable {
        case cancelled
        case paused
        case success
        case warning
        case businessError
        case failure
    }

    /// `SYS_cancelExitCode`.
    package var cancelled: Set<Int32> = []
    /// `SYS_EXT_pauseExitCode`.
    package var paused: Set<Int32> = []
    /// `SYS_successExitCode`.
    package var success: Set<Int32> = [0]
    /// `SYS_warningExitCode`.
    package var warning: Set<Int32> = [3]
    /// `SYS_bizErrorExitCode`.
    package var businessError: Set<Int32> = [4]

    package init() {}

    package func meaning(of code: Int32) -> Meaning {
        if cancelled.contains(code) { return .cancelled }
        if paused.contains(code) { return .paused }
        if success.contains(code) { return .success }
        if warning.contains(code) { return .warning }
        if businessError.contains(code) { return .businessError }
        return .failure
    }

    /// Exit codes, 0 to 255, separated by commas; none if the text is empty.
    package static func list(_ text: String) throws(ProcessSettingError) -> Set<Int32> {
        var codes: Set<Int32> = []
        for item in text.split(separator: ",") {
            let digits = item.trimmingBlanks()
            guard let code = UInt8(digits) else {
                throw ProcessSettingError("“\(digits)” is not an exit code from 0 to 255")
            }
            codes.insert(Int32(code))
        }
        return codes
    }
}
