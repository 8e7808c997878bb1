import Foundation

/// One kept-alive connection to the server with blocking calls; used by one thread at a time.
///
/// Written by hand because load and server share the processors: every microsecond spent here is one that the server
/// does not get.
final class Connection {
    /// Grows for the answers that are longer.
    private static let bufferBytes = 64 * 1024
    private static let timeoutSeconds = 60

    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: bufferBytes)
    private var filled = 0

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure("socket") }
        Self.setOptions(descriptor)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw Self.failure("connect")
        }
    }

    /// Takes over a connection that a listener accepted.
    init(accepted descriptor: Int32) {
        self.descriptor = descriptor
        Self.setOptions(descriptor)
    }

    deinit { close(descriptor) }

    /// Sends a message and waits for its whole answer.
    func exchange(_ message: [UInt8]) throws -> Reply {
        try write(message)
        return try receive()
    }

    /// Waits for a whole message of the other side.
    func receive() throws -> Reply {
        filled = 0
        var searched = 0
        while true {
            if let head = buffer.withUnsafeBytes({ MessageHead($0[..<filled], from: searched) }) {
                guard let length = head.contentLength else { throw BenchmarkError("a message has no Content-Length") }
                return Reply(status: head.status, body: try body(from: head.byteCount, length: length))
            }
            searched = max(0, filled - 3)
            try read()
        }
    }

    /// As `exchange`, and refuses every status but the one expected.
    @discardableResult
    func exchange(_ message: [UInt8], expecting status: Int) throws -> Reply {
        let reply = try exchange(message)
        guard reply.status == status else {
            let call = String(decoding: message.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            throw BenchmarkError("\(call): \(reply.status) instead of \(status): \(reply.text)")
        }
        return reply
    }

    private func body(from start: Int, length: Int) throws -> [UInt8] {
        if start + length > buffer.count {
            buffer.append(contentsOf: repeatElement(0, count: start + length - buffer.count))
        }
        while filled < start + length { try read() }
        return Array(buffer[start..<start + length])
    }

    func write(_ message: [UInt8]) throws {
        var sent = 0
        while sent < message.count {
            let count = message.withUnsafeBytes {
                send(descriptor, $0.baseAddress?.advanced(by: sent), message.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Self.failure("send") }
            sent += count
        }
    }

    private func read() throws {
        guard filled < buffer.count else { throw BenchmarkError("the head of an answer is too long") }
        let (start, room) = (filled, buffer.count - filled)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress?.advanced(by: start), room, 0) }
        guard count > 0 else {
            throw count == 0 ? BenchmarkError("the server closed the connection") : Self.failure("recv")
        }
        filled += count
    }

    private static func setOptions(_ descriptor: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    private static func failure(_ call: String) -> BenchmarkError {
        BenchmarkError("\(call): \(String(cString: strerror(errno)))")
    }
}
