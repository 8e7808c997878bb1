import Foundation
import SchedulerCore
import Synchronization

/// Holds a data directory for this process: who has it may write there, a second process is refused.
///
/// The kernel drops the lock with the process, however it ends.
final class DirectoryLock: Sendable {
    static let fileName = "escapement.lock"

    private let descriptor: Mutex<Int32?>

    /// - Parameter directory: path of an existing directory.
    /// - Throws: `StoreFault` that names the holder, if another process has it.
    init(directory: String) throws(StoreFault) {
        let path = URL(fileURLWithPath: directory).appendingPathComponent(Self.fileName).path
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(SQLiteLimits.fileMode))
        guard file >= 0 else { throw Self.fault("cannot open \(path)") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = Self.holder(file)
            close(file)
            guard reason == EWOULDBLOCK else { throw Self.fault("cannot lock \(path)") }
            throw StoreFault("the data directory \(directory) is in use by \(holder)", kind: .unavailable)
        }
        let text = "\(getpid())\n"
        guard ftruncate(file, 0) == 0, pwrite(file, text, text.utf8.count, 0) == text.utf8.count else {
            close(file)
            throw Self.fault("cannot write \(path)")
        }
        descriptor = Mutex(file)
    }

    deinit { release() }

    func release() {
        let file = descriptor.withLock { descriptor -> Int32? in
            defer { descriptor = nil }
            return descriptor
        }
        if let file { close(file) }
    }

    private static func holder(_ file: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(file, &bytes, bytes.count, 0)
        let text = String(decoding: bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return Int32(text).map { "process \($0)" } ?? "another process"
    }

    private static func fault(_ text: String) -> StoreFault {
        StoreFault("\(text): \(String(cString: strerror(errno)))", kind: .unavailable)
    }
}
