import CZlib

/// Bodies that are known as a whole, made smaller for callers that take them so (RFC 1952, RFC 9110 §8.4).
enum GzipEncoding {
    /// Bytes below which a body fits into a packet as it is.
    static let bytesMin = 1400
    /// The quickest of nine: answers repeat themselves so much that more effort saves little.
    private static let level: Int32 = 1
    /// The largest window (15), and 16 for the frame of gzip.
    private static let windowBits: Int32 = 15 + 16
    /// What the library uses if not told, of nine.
    private static let memoryLevel: Int32 = 8

    /// - Returns: one gzip member; nil where there is no memory for it, or where it would not be smaller.
    static func encode(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let begun = deflateInit2_(
            &stream,
            level,
            Z_DEFLATED,
            windowBits,
            memoryLevel,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard begun == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let room = bytes.count
        var isWhole = false
        let output = input.withUnsafeMutableBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(room)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = room - Int(stream.avail_out)
            }
        }
        return isWhole ? output : nil
    }
}
