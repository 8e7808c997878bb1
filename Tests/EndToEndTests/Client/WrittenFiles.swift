import Synchronization

/// Files that a command has written, by path.
final class WrittenFiles: Sendable {
    private let texts = Mutex<[String: String]>([:])

    subscript(path: String) -> String? { texts.withLock { $0[path] } }

    func keep(_ path: String, _ bytes: [UInt8]) {
        texts.withLock { $0[path] = String(decoding: bytes, as: UTF8.self) }
    }
}
