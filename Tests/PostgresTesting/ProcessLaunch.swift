package import Foundation

extension Process {
    private static let launching = NSLock()

    /// As `run`, but never two at once: a process that is started at the same moment would inherit the socket on whose
    /// closing Foundation notices the end of the other, which then would not be noticed before both have ended.
    ///
    /// - Throws: the errors of `run`.
    package func runAlone() throws {
        Self.launching.lock()
        defer { Self.launching.unlock() }
        try run()
    }
}
