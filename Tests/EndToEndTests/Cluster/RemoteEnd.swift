import Foundation
import Glibc
import Synchronization

/// The other side of asynchronous HTTP jobs: accepts every start and never answers it.
final class RemoteEnd: Sendable {
    private let descriptor: Int32
    private let port: UInt16
    /// Handles by request.
    private let state = Mutex<[Int64: String]>([:])

    var url: String { "http://127.0.0.1:\(port)/" }

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, size) = (descriptor, length)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) | listen(socket, 64) | getsockname(socket, address, &length)
            }
        }
        guard status == 0 else { throw ServerEnded(text: "the other side has no socket") }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                self?.serve(connection)
                Glibc.close(connection)
            }
        }
    }

    deinit {
        // Wakes the thread that accepts; it ends then.
        shutdown(descriptor, Int32(SHUT_RDWR))
        Glibc.close(descriptor)
    }

    func handle(of request: Int64) -> String? { state.withLock { $0[request] } }

    /// Those of all requests that were started, each the newest.
    var handles: [Int64: String] { state.withLock { $0 } }

    private func serve(_ connection: Int32) {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(connection, &chunk, chunk.count)
            guard count > 0 else { return }
            text += String(decoding: chunk[..<count], as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let head = text[..<end.lowerBound].lowercased()
            let field = head.range(of: "content-length: ")
            let length = field.flatMap { Int(head[$0.upperBound...].prefix { $0.isNumber }) }
            if text[end.upperBound...].utf8.count >= length ?? 0 { break }
        }
        if let id = text.firstMatch(of: /"requestId":(\d+)/).flatMap({ Int64($0.1) }),
            let handle = text.firstMatch(of: /"requestHandle":"([^"]+)"/)?.1
        {
            state.withLock { $0[id] = String(handle) }
        }
        let answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = write(connection, answer, answer.utf8.count)
    }
}
