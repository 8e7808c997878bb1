import HTTPTypes
import Hummingbird
import NIOCore
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Logs and outputs of requests under `/api/v1` (administration §6.1).
struct ContentHandler {
    let access: RequestAccess
    let content: any ContentStore
    let queue: BlockingQueue

    private static let text = "text/plain; charset=utf-8"

    /// The last lines; with `Range` those bytes of the whole log. Who reads a request reads its log.
    func log(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let lines = try call.query.integer("tail", in: 0...HTTPLimits.tailLinesMax)
        _ = try await access.request(id, for: .read, caller: call.requireCaller())
        let content = content
        let reader = ContentReader(queue: queue) { try content.log(of: id, from: $0, limit: $1) }
        if lines == nil, let range = ByteRange(call.request.headers[.range]) {
            guard let head = try await reader.read(0, 1) else {
                throw SchedulerError(5020, call.shownPath)
            }
            return try send(range.resolved(size: head.totalSize), of: head.totalSize, reader, type: Self.text)
        }
        let tail = try await reader.tail(lines: lines.map { Int($0) } ?? HTTPLimits.tailLinesStandard)
        var answer = Answer(contentType: Self.text, bytes: tail ?? [])
        answer.fields[.acceptRanges] = "bytes"
        answer.fields[.xContentTypeOptions] = "nosniff"
        return answer
    }

    func outputs(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        _ = try await access.request(id, for: .outputRead, caller: call.requireCaller())
        let content = content
        let files = try await queue.run {
            try content.outputs(of: id).map { file in
                (
                    file,
                    Self.isText(try content.output(of: id, name: file.name, from: 0, limit: HTTPLimits.sniffedBytes))
                )
            }
        }
        var writer = JSONWriter(capacity: 64 + 96 * files.count)
        writer.beginObject()
        writer.member("count", files.count)
        writer.name("items")
        writer.beginArray()
        for (file, isText) in files {
            writer.beginObject()
            writer.member("contentType", isText ? "TEXT_OUTPUT" : "BINARY_OUTPUT")
            writer.member("name", file.name)
            writer.member("size", file.size)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return call.answer(writer.bytes)
    }

    /// The whole output or a range of it: text as text, everything else to be saved, never to be shown by a browser.
    func output(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        _ = try await access.request(id, for: .outputRead, caller: call.requireCaller())
        let name = call.path.name
        let content = content
        let reader = ContentReader(queue: queue) { try content.output(of: id, name: name, from: $0, limit: $1) }
        guard Self.isAllowed(name), let head = try await reader.read(0, HTTPLimits.sniffedBytes) else {
            throw SchedulerError(5020, call.shownPath)
        }
        let isText = Self.isText(head)
        let range = ByteRange(call.request.headers[.range])
        var answer = try send(
            range?.resolved(size: head.totalSize),
            of: head.totalSize,
            reader,
            type: isText ? Self.text : "application/octet-stream"
        )
        if !isText { answer.fields[.contentDisposition] = "attachment; filename=\"\(name)\"" }
        return answer
    }

    private func send(
        _ range: Range<Int64>?,
        of size: Int64,
        _ reader: ContentReader,
        type: String
    ) -> Answer {
        let bytes = range ?? 0..<size
        var answer = Answer(
            status: range == nil ? .ok : .partialContent,
            fields: [.contentType: type, .acceptRanges: "bytes", .xContentTypeOptions: "nosniff"]
        )
        if let range {
            answer.fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
        }
        answer.body = ResponseBody(contentLength: Int(bytes.count)) { writer in
            var offset = bytes.lowerBound
            while offset < bytes.upperBound {
                let limit = Int(min(Int64(HTTPLimits.contentChunkBytes), bytes.upperBound - offset))
                guard let piece = try await reader.read(offset, limit)?.bytes, !piece.isEmpty else {
                    // The length is promised: only breaking the connection off tells the reader.
                    throw ContentVanished()
                }
                try await writer.write(ByteBuffer(bytes: piece))
                offset += Int64(piece.count)
            }
            try await writer.finish(nil)
        }
        return answer
    }

    private struct ContentVanished: Error {}

    private static func isAllowed(_ name: String) -> Bool {
        (1...128).contains(name.utf8.count) && name != "." && name != ".."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Text is UTF-8 without NUL, as far as the beginning shows; a character may be cut at its end.
    private static func isText(_ head: ContentSlice?) -> Bool {
        guard let head, !head.bytes.contains(0) else { return head == nil }
        let isCut = Int64(head.bytes.count) < head.totalSize
        return (0...(isCut ? min(3, head.bytes.count) : 0)).contains { cut in
            String(validating: head.bytes.dropLast(cut), as: UTF8.self) != nil
        }
    }
}

extension Call {
    /// The path as errors quote it.
    var shownPath: String { String(request.uri.path.prefix(HTTPLimits.quotedCharacters)) }
}
