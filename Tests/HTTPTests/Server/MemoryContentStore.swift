import SchedulerCore
import Synchronization

/// Logs and outputs in memory.
final class MemoryContentStore: ContentStore {
    private struct Content {
        var logs: [RequestID: [UInt8]] = [:]
        var outputs: [RequestID: [String: [UInt8]]] = [:]
    }

    private let content = Mutex(Content())

    func setLog(_ text: String, of id: RequestID) { content.withLock { $0.logs[id] = Array(text.utf8) } }

    func setOutput(_ bytes: [UInt8], name: String, of id: RequestID) {
        content.withLock { $0.outputs[id, default: [:]][name] = bytes }
    }

    func logPath(of id: RequestID) throws -> String { throw StoreFault("there are no files") }

    func outputDirectory(of id: RequestID) throws -> String { throw StoreFault("there are no files") }

    func log(of id: RequestID, from offset: Int64, limit: Int) throws -> ContentSlice? {
        content.withLock { $0.logs[id] }.map { Self.slice($0, offset, limit) }
    }

    func outputs(of id: RequestID) throws -> [OutputFile] {
        (content.withLock { $0.outputs[id] } ?? [:]).sorted { $0.key < $1.key }
            .map { OutputFile(name: $0.key, size: Int64($0.value.count)) }
    }

    func output(of id: RequestID, name: String, from offset: Int64, limit: Int) throws -> ContentSlice? {
        content.withLock { $0.outputs[id]?[name] }.map { Self.slice($0, offset, limit) }
    }

    private static func slice(_ bytes: [UInt8], _ offset: Int64, _ limit: Int) -> ContentSlice {
        ContentSlice(bytes: Array(bytes.dropFirst(Int(offset)).prefix(limit)), totalSize: Int64(bytes.count))
    }
}
