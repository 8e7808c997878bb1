package import SchedulerCore

/// Finds the addresses of a host name.
package protocol HostResolver: Sendable {
    /// - Parameter host: lower-case ASCII, no literal address.
    /// - Returns: at least one address, in the order they should be tried.
    /// - Throws: `HostUnknown`, or `CancellationError` if nobody waits any more.
    func addresses(of host: String) async throws -> [IPAddress]
}

/// A name could not be resolved; the text is safe to log.
package struct HostUnknown: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(host: String, why: String) { description = "The host \(host) could not be resolved: \(why)." }
}
