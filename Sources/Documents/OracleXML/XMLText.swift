/// Makes UTF-8 of the bytes of a file, without document type declarations, processing instructions and comments.
///
/// The parser thus sees one encoding only, whatever a declaration says.
enum XMLText {
    private enum Encoding {
        case utf8
        case utf16LittleEndian
        case utf16BigEndian
    }

    /// The text as UTF-8; lines are those of the file.
    static func utf8(_ bytes: [UInt8]) throws(XMLRefusal) -> [UInt8] {
        guard bytes.count <= OracleXMLLimits.bytesMax else {
            throw XMLRefusal(0, "the file is larger than \(OracleXMLLimits.bytesMax) bytes")
        }
        var filter = MarkupFilter(try decoded(bytes))
        return try filter.filtered()
    }

    // MARK: - Encoding

    private static func decoded(_ bytes: [UInt8]) throws(XMLRefusal) -> [UInt8] {
        let (encoding, markBytes) = encoding(of: bytes)
        let body = bytes.dropFirst(markBytes)
        if encoding == .utf8 {
            guard String(validating: body, as: UTF8.self) != nil else {
                throw XMLRefusal(firstInvalidLine(body), "the text is neither UTF-8 nor UTF-16")
            }
            return Array(body)
        }
        guard body.count.isMultiple(of: 2) else { throw XMLRefusal(0, "the text ends within a character of UTF-16") }
        let units = units(of: body, isLittleEndian: encoding == .utf16LittleEndian)
        guard let text = String(validating: units, as: UTF16.self) else {
            throw XMLRefusal(0, "the text is no valid UTF-16")
        }
        guard text.utf8.count <= OracleXMLLimits.bytesMax else {
            throw XMLRefusal(0, "the file is larger than \(OracleXMLLimits.bytesMax) bytes in UTF-8")
        }
        return Array(text.utf8)
    }

    /// By the byte order mark; without one by where the zero stands beside the first `<`.
    private static func encoding(of bytes: [UInt8]) -> (encoding: Encoding, markBytes: Int) {
        switch (bytes.first, bytes.dropFirst().first, bytes.dropFirst(2).first) {
        case (0xEF, 0xBB, 0xBF): (.utf8, 3)
        case (0xFF, 0xFE, _): (.utf16LittleEndian, 2)
        case (0xFE, 0xFF, _): (.utf16BigEndian, 2)
        case (_, 0, _): (.utf16LittleEndian, 0)
        case (0, _, _): (.utf16BigEndian, 0)
        default: (.utf8, 0)
        }
    }

    private static func units(of bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> [UInt16] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittleEndian ? second << 8 | first : first << 8 | second
        }
    }

    private static func firstInvalidLine(_ bytes: ArraySlice<UInt8>) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }
}
