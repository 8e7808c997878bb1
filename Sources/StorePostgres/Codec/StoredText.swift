/// Texts as the database keeps them. PostgreSQL's text holds any character but NUL, ours may hold that too.
///
/// NUL and the three control characters behind it are each written as three: U+0001, then two of U+0002 and U+0003.
/// The code keeps the order of texts, and one text is part of, begins or ends another exactly if their codes do, so
/// that the database compares and searches codes as they are.
enum StoredText {
    /// Bytes below this one are written as three.
    private static let firstPlain: UInt8 = 4
    private static let mark: UInt8 = 1

    static func encode(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < firstPlain }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte < firstPlain {
                bytes += [mark, 2 + byte >> 1, 2 + byte & 1]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func decode(_ text: String) -> String {
        guard text.utf8.contains(mark) else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == mark, let high = rest.popFirst(), let low = rest.popFirst() {
                bytes.append((high & 1) << 1 | low & 1)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
