import Glibc
import NIOCore

/// A caller that sends its whole message before it reads a byte of the answer, as simple clients do.
enum SendFirstClient {
    private static let patience = timeval(tv_sec: 20, tv_usec: 0)

    /// - Parameters:
    ///   - port: on loopback.
    ///   - bytes: of the whole message.
    /// - Returns: the answer up to the end of the connection; empty if the message could not be sent.
    static func exchange(port: Int, _ bytes: [UInt8]) -> String {
        guard let socket = connected(to: port, patience: patience) else { return "" }
        defer { close(socket) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                send(socket, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return "" }
            sent += count
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer.prefix(count)
        }
    }

    /// Sends the beginning of a message, then a byte of it again and again.
    ///
    /// - Parameters:
    ///   - port: on loopback.
    ///   - bytes: of the beginning.
    ///   - pause: between two bytes.
    ///   - most: of such bytes.
    /// - Returns: what was answered before the connection ended; nil where it did not end.
    static func drip(port: Int, _ bytes: [UInt8], pause: Duration, most: Int) -> String? {
        let microseconds = Int(pause / .microseconds(1))
        guard let socket = connected(to: port, patience: timeval(tv_sec: 0, tv_usec: microseconds)) else { return "" }
        defer { close(socket) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        var next = bytes
        for _ in 0..<most {
            let sent = send(socket, next, next.count, Int32(MSG_NOSIGNAL))
            next = [UInt8(ascii: "x")]
            let count = sent > 0 ? recv(socket, &buffer, buffer.count, 0) : 0
            if count > 0 { answer += buffer.prefix(count) }
            if count == 0 { return String(decoding: answer, as: UTF8.self) }
        }
        return nil
    }

    private static func connected(to port: Int, patience: timeval) -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = patience
        for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
            setsockopt(socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            return nil
        }
        return socket
    }
}
