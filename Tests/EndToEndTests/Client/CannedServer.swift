import Glibc

/// A listening socket on a free port of the loopback interface, for one call at a time.
struct CannedServer {
    private let descriptor: Int32
    let port: UInt16
    var url: String { "http://127.0.0.1:\(port)" }

    struct Failure: Error { let code: Int32 }

    /// How long a test waits for the program, in seconds, before it fails.
    private static let patienceSeconds = 60

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, size) = (descriptor, length)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) | listen(socket, 8) | getsockname(socket, address, &length)
            }
        }
        guard status == 0 else { throw Failure(code: errno) }
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() { Glibc.close(descriptor) }

    func accept() throws -> Connection {
        let connection = Glibc.accept(descriptor, nil, nil)
        guard connection >= 0 else { throw Failure(code: errno) }
        return Connection(descriptor: connection)
    }

    struct Connection {
        fileprivate let descriptor: Int32

        /// The request line and the fields.
        func readHead() throws -> String {
            var head = ""
            var chunk = [UInt8](repeating: 0, count: 4096)
            while !head.contains("\r\n\r\n") {
                let count = read(descriptor, &chunk, chunk.count)
                guard count > 0 else { throw Failure(code: errno) }
                head += String(decoding: chunk[..<count], as: UTF8.self)
            }
            return head
        }

        /// Sends the bytes and closes the connection.
        func answer(_ text: String) {
            let bytes = Array(text.utf8)
            if !bytes.isEmpty { _ = write(descriptor, bytes, bytes.count) }
            Glibc.close(descriptor)
        }
    }
}
