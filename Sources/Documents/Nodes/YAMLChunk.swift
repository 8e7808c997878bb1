/// One document of a YAML stream, cut out without reading it: `---` and `...` at the start of a line are markers
/// wherever they stand.
struct YAMLChunk {
    let text: String
    /// Lines before the first one of the chunk.
    let lineOffset: Int

    static func chunks(of bytes: [UInt8]) -> [YAMLChunk] {
        var chunks: [YAMLChunk] = []
        var start = 0
        var startLine = 0
        var hasContent = false
        var position = 0
        var line = 0
        func close(at end: Int) {
            if hasContent {
                let text = String(decoding: bytes[start..<end], as: UTF8.self)
                chunks.append(YAMLChunk(text: text, lineOffset: startLine))
            }
            start = end
            startLine = line
            hasContent = false
        }
        while position < bytes.count {
            let end = bytes[position...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
            let content = bytes[position..<end]
            if isMarker("---", content), hasContent { close(at: position) }
            if !isPreamble(content) { hasContent = true }
            let isEnd = isMarker("...", content)
            position = end
            if position < bytes.count {
                position += bytes[position...].starts(with: [13, 10]) ? 2 : 1
                line += 1
            }
            if isEnd { close(at: position) }
        }
        close(at: bytes.count)
        return chunks
    }

    private static func isMarker(_ marker: String, _ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: marker.utf8) else { return false }
        let next = line.dropFirst(3).first
        return next == nil || next == UInt8(ascii: " ") || next == UInt8(ascii: "\t")
    }

    /// Blank lines, comments and directives may stand before the document they belong to.
    private static func isPreamble(_ line: ArraySlice<UInt8>) -> Bool {
        let rest = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return rest.isEmpty || rest.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "%")
    }
}
