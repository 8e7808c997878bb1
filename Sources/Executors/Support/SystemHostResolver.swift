import Dispatch
@preconcurrency import Glibc
package import SchedulerCore

/// Asks the resolver of the operating system, in its order (RFC 6724).
package struct SystemHostResolver: HostResolver {
    /// `getaddrinfo` blocks its thread and cannot be interrupted: it runs on threads of its own, never on the
    /// cooperative pool, and who gives up waiting leaves it behind.
    private static let queue = DispatchQueue(label: "escapement.resolver", attributes: .concurrent)

    package init() {}

    package func addresses(of host: String) async throws -> [IPAddress] {
        let answer = FirstResult<Result<[IPAddress], HostUnknown>>()
        Self.queue.async { answer.deliver(Result { () throws(HostUnknown) in try Self.resolve(host) }) }
        return try await answer.value().get()
    }

    private static func resolve(_ host: String) throws(HostUnknown) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &first)
        guard code == 0 else { throw HostUnknown(host: host, why: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var entry = first
        while let info = entry {
            if let address = address(info.pointee), !addresses.contains(address) { addresses.append(address) }
            entry = info.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw HostUnknown(host: host, why: "it has no address") }
        return addresses
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        guard let raw = UnsafeRawPointer(info.ai_addr) else { return nil }
        switch info.ai_family {
        case AF_INET:
            return .v4(UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            let bytes = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            let bits = withUnsafeBytes(of: bytes) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
            return IPAddress.v6(bits).canonical
        default:
            return nil
        }
    }
}
