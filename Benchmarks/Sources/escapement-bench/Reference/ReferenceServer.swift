import Foundation
import Synchronization

/// The least that can be put before a group commit so that it is reached over HTTP: a thread a connection reads a
/// message with its body, leaves a row, and answers a fixed 201 when that is durable.
final class ReferenceServer: Sendable {
    private static let backlog: Int32 = 1024
    private static let answer = Array(
        "HTTP/1.1 201 Created\r\nContent-Length: 9\r\nContent-Type: application/json\r\n\r\n{\"id\":17}".utf8
    )

    let port: UInt16
    private let listener: Int32

    /// Accepts connections until it is closed; `submit` returns when the row is durable.
    init(_ submit: @escaping @Sendable (GroupCommitReference.Entry) throws -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, Self.backlog) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else {
            throw BenchmarkError("the reference cannot listen: \(String(cString: strerror(errno)))")
        }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                let thread = Thread { Self.serve(Connection(accepted: descriptor), submit) }
                thread.stackSize = Workers.stackBytes
                thread.start()
            }
        }
    }

    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func serve(
        _ connection: Connection,
        _ submit: @Sendable (GroupCommitReference.Entry) throws -> Void
    ) {
        let done = DispatchSemaphore(value: 0)
        // Ends when the caller closes.
        while let body = try? connection.receive().body {
            do { try submit(GroupCommitReference.Entry(payload: body, done: done)) } catch { return }
            guard (try? connection.write(answer)) != nil else { return }
        }
    }
}
