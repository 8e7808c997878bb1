/// The encodings in which Oracle's files come.
enum EncodedText: CaseIterable {
    case utf8
    case utf8WithMark
    case littleEndian
    case bigEndian
    case littleEndianWithMark
    case bigEndianWithMark

    func bytes(_ text: String) -> [UInt8] {
        switch self {
        case .utf8: Array(text.utf8)
        case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        case .littleEndian: Self.littleEndian(text)
        case .bigEndian: Self.bigEndian(text)
        case .littleEndianWithMark: [0xFF, 0xFE] + Self.littleEndian(text)
        case .bigEndianWithMark: [0xFE, 0xFF] + Self.bigEndian(text)
        }
    }

    private static func littleEndian(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        return bytes
    }

    private static func bigEndian(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in text.utf16 { bytes += [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
        return bytes
    }
}
