import SchedulerCore

/// A log or an output as bytes at offsets, whatever kind it is.
struct ContentReader: Sendable {
    /// Bytes from an offset, at most so many; nil if there is no such content.
    typealias Slice = @Sendable (_ offset: Int64, _ limit: Int) throws -> ContentSlice?

    private let slice: Slice
    private let queue: BlockingQueue

    init(queue: BlockingQueue, slice: @escaping Slice) {
        self.queue = queue
        self.slice = slice
    }

    func read(_ offset: Int64, _ limit: Int) async throws -> ContentSlice? {
        let slice = slice
        return try await queue.run { try slice(offset, limit) }
    }

    /// The last lines, in one piece; nil if there is no such content. Longer ones than the limit lose their beginning.
    func tail(lines: Int, bytesMax: Int = HTTPLimits.tailBytesMax) async throws -> [UInt8]? {
        let slice = slice
        return try await queue.run {
            guard let head = try slice(0, 1) else { return nil }
            return try Self.tail(lines: lines, bytesMax: bytesMax, size: head.totalSize, slice: slice)
        }
    }

    private static func tail(lines: Int, bytesMax: Int, size: Int64, slice: Slice) throws -> [UInt8] {
        guard lines > 0 else { return [] }
        var pieces: [[UInt8]] = []
        var start = size
        var length = 0
        var lineEnds = 0
        while start > 0, length < bytesMax {
            let step = min(Int64(min(HTTPLimits.contentChunkBytes, bytesMax - length)), start)
            guard let piece = try slice(start - step, Int(step))?.bytes, piece.count == Int(step) else { break }
            for index in piece.indices.reversed() where piece[index] == UInt8(ascii: "\n") {
                // The line end at the very end closes the last line, it begins none.
                if start - step + Int64(index) == size - 1 { continue }
                lineEnds += 1
                if lineEnds == lines {
                    pieces.append(Array(piece[(index + 1)...]))
                    return Array(pieces.reversed().joined())
                }
            }
            pieces.append(piece)
            length += piece.count
            start -= step
        }
        return Array(pieces.reversed().joined())
    }
}
