package import NIOCore

/// Finds the request lines in what comes over a connection, and writes blanks and bytes beyond ASCII in their queries
/// as RFC 3986 §2.1 wants them: some clients send `?q=state eq 'WAIT'` as it was typed.
///
/// RFC 9112 §3 advises against mending a request line, since a filter in front of the server may have read it
/// otherwise. The query alone is touched, which says neither what is called nor by whom. Where messages begin is known
/// only while all before them had no body, or one of a plain length: after any other, the connection is left alone.
package struct RequestLineScanner {
    private enum State {
        /// At the beginning of a message, or in its request line, whose bytes are held back.
        case line
        /// In its header, of whose present line this much was seen; after it come so many bytes of body.
        case header(line: [UInt8], body: Int)
        /// So many bytes are left of its body.
        case body(Int)
        /// Whatever comes is passed on as it is.
        case unknown
    }

    /// Bytes of a header line that are looked at: more than the names of interest and a length.
    private static let headerBytesRead = 64

    private var state = State.line
    /// The beginning of a request line, without its end.
    private var held = ByteBuffer()

    package init() {}

    /// What was held back: nothing more comes.
    package mutating func rest() -> ByteBuffer {
        state = .unknown
        defer { held = ByteBuffer() }
        return held
    }

    /// Takes what came.
    ///
    /// - Parameter input: the next bytes.
    /// - Returns: what to pass on, in its place; empty while a request line is not whole.
    package mutating func take(_ input: ByteBuffer) -> ByteBuffer {
        var input = input
        // Where the line ends was looked for so far.
        let searched = held.readableBytes
        if searched > 0 {
            held.writeBuffer(&input)
            input = held
            held = ByteBuffer()
        }
        let bytes = input.readableBytesView
        // Nearly always nothing is to be mended, and the bytes are passed on without a copy.
        var mended: ByteBuffer?
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let rest = bytes[position...]
            switch state {
            case .line:
                let isFirst = position == bytes.startIndex
                guard let end = Self.lineEnd(of: isFirst ? rest.dropFirst(searched) : rest) else {
                    guard rest.count <= HTTPLimits.urlBytesMax else {
                        state = .unknown
                        continue
                    }
                    held = isFirst ? input : ByteBuffer(bytes: rest)
                    return mended ?? ByteBuffer(bytes: bytes[..<position])
                }
                let line = rest[..<end]
                if let query = Self.mended(line) {
                    var output = mended ?? ByteBuffer(bytes: bytes[..<position])
                    output.writeBytes(query)
                    mended = output
                } else {
                    mended?.writeBytes(line)
                }
                // An empty line before a request counts for nothing (RFC 9112 §2.2).
                if line.count > 2 { state = .header(line: [], body: 0) }
                position = end
            case .header(let seen, let body):
                let end = Self.lineEnd(of: rest)
                let part = rest[..<(end ?? rest.endIndex)]
                mended?.writeBytes(part)
                state = Self.state(seen, part, isWhole: end != nil, body: body)
                position = part.endIndex
            case .body(let left):
                let part = rest.prefix(left)
                mended?.writeBytes(part)
                state = left > part.count ? .body(left - part.count) : .line
                position = part.endIndex
            case .unknown:
                mended?.writeBytes(rest)
                position = bytes.endIndex
            }
        }
        return mended ?? input
    }

    // MARK: - Request line

    /// Index behind the next line feed.
    private static func lineEnd(of bytes: ByteBufferView) -> Int? {
        bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
    }

    /// The line with its query encoded; nil where nothing is to be done, or where it is no request line.
    private static func mended(_ line: ByteBufferView) -> [UInt8]? {
        guard let question = line.firstIndex(of: UInt8(ascii: "?")),
            let end = line.lastIndex(of: UInt8(ascii: " ")), question < end,
            line[question..<end].contains(where: mustBeEncoded),
            line[end...].starts(with: " HTTP/".utf8)
        else { return nil }
        var result = Array(line[..<question])
        for byte in line[question..<end] {
            if mustBeEncoded(byte) {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                result.append(byte)
            }
        }
        return result + line[end...]
    }

    private static func mustBeEncoded(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte >= 0x80 }

    private static let digits = Array("0123456789ABCDEF".utf8)

    // MARK: - Header

    /// Where the scanner stands behind a part of a header line.
    private static func state(_ seen: [UInt8], _ part: ByteBufferView, isWhole: Bool, body: Int) -> State {
        if seen.isEmpty, isWhole, let first = part.first, !"\r\nCcTtUu".utf8.contains(first) {
            return .header(line: [], body: body)
        }
        let line = seen + part.prefix(headerBytesRead - seen.count)
        return isWhole ? state(behind: line.map(lowercased), body: body) : .header(line: line, body: body)
    }

    private static func state(behind line: [UInt8], body: Int) -> State {
        if line.starts(with: "\n".utf8) || line.starts(with: "\r\n".utf8) { return body > 0 ? .body(body) : .line }
        if line.starts(with: "transfer-encoding".utf8) || line.starts(with: "upgrade".utf8) { return .unknown }
        guard line.starts(with: "content-length".utf8) else { return .header(line: [], body: body) }
        // Two lengths, or what is no plain number: the parser knows what to do about it.
        guard body == 0, let length = length(line) else { return .unknown }
        return .header(line: [], body: length)
    }

    private static func length(_ line: [UInt8]) -> Int? {
        let text = String(decoding: line, as: UTF8.self)
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "content-length", text.utf8.last == UInt8(ascii: "\n") else { return nil }
        let words = parts[1].split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(words[0])
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
