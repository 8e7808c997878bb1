/// First line and header of a message, as far as they matter here.
struct MessageHead {
    /// Of an answer; of anything else it means nothing.
    let status: Int
    let contentLength: Int?
    /// Bytes up to the body.
    let byteCount: Int

    /// Nil while the head is not complete. Before `start` no end of the head begins.
    init?(_ bytes: Slice<UnsafeRawBufferPointer>, from start: Int) {
        guard let end = Self.end(of: bytes, from: start) else { return nil }
        byteCount = end
        // HTTP/1.1 201 …
        status = bytes[9..<12].reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
        contentLength = Self.contentLength(bytes[..<end])
    }

    private static func end(of bytes: Slice<UnsafeRawBufferPointer>, from start: Int) -> Int? {
        var index = start
        while index + 4 <= bytes.endIndex {
            if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 {
                return index + 4
            }
            index += 1
        }
        return nil
    }

    private static let lengthName = Array("\ncontent-length:".utf8)

    private static func contentLength(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        var index = 0
        while index + lengthName.count < bytes.endIndex {
            // Upper case differs from lower case by this bit; no other header name is taken for this one.
            if bytes[index] == 10, zip(bytes[(index + 1)...], lengthName.dropFirst()).allSatisfy({ $0 | 0x20 == $1 }) {
                let value = bytes[(index + lengthName.count)...].drop { $0 == 32 }.prefix { $0 >= 48 && $0 <= 57 }
                return value.reduce(0) { $0 * 10 + Int($1 - 48) }
            }
            index += 1
        }
        return nil
    }
}
