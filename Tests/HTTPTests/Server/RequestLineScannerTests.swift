import NIOCore
import SchedulerHTTP
import Testing

/// Messages on a connection, in whatever pieces they come.
@Suite("Request lines")
struct RequestLineScannerTests {
    private static let plain = "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "y", count: 200))\r\n\r\n"
    private static let raw = "GET /a b?q=c d\u{FC}&e HTTP/1.1\r\nHost: a b\r\n\r\n"
    private static let mended = "GET /a b?q=c%20d%C3%BC&e HTTP/1.1\r\nHost: a b\r\n\r\n"
    /// With a body that looks like a request.
    private static let post = "POST /a HTTP/1.1\r\ncontent-LENGTH:  20 \r\n\r\nGET /?a b HTTP/1.1\r\n"
    private static let empty = "POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
    private static let chunked = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    private static func passed(_ text: String, in size: Int) -> String {
        var scanner = RequestLineScanner()
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let piece = bytes[start..<min(bytes.count, start + size)]
            output += scanner.take(ByteBuffer(bytes: piece)).readableBytesView
        }
        return String(decoding: output + scanner.rest().readableBytesView, as: UTF8.self)
    }

    @Test(
        "Queries are encoded, and nothing else is touched",
        arguments: [
            (plain, plain), (raw, mended), (plain + raw + raw, plain + mended + mended),
            (post + raw + post, post + mended + post), (empty + raw, empty + mended), ("\r\n" + raw, "\r\n" + mended),
            (chunked + raw, chunked + raw),
            ("GET /?a b\r\n" + raw, "GET /?a b\r\n" + raw), ("GET /?a b HTTP/1.1", "GET /?a b HTTP/1.1"),
            ("GET /?a b HTTP/1.1\n\n" + raw, "GET /?a%20b HTTP/1.1\n\n" + mended),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12" + raw,
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12" + raw
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\n1" + raw,
                "POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\n1" + raw
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n1" + raw,
                "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n1" + raw
            ),
            ("GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n" + raw, "GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n" + raw),
        ]
    )
    func pieces(text: String, expected: String) {
        for size in [1, 2, 3, 7, 50, text.utf8.count] {
            #expect(Self.passed(text, in: size) == expected, "in pieces of \(size)")
        }
    }

    @Test("A line that never ends is passed on, and what comes after it as it is")
    func endless() {
        let text =
            "GET /?a b" + String(repeating: "x", count: 2 * HTTPLimits.urlBytesMax) + " HTTP/1.1\r\n\r\n" + Self.raw
        #expect(Self.passed(text, in: 65_536) == text)
    }
}
