import SchedulerCore

/// The headers of a call: those of the server, then `SYS_EXT_httpHeaders`, which replace them by name (runtime §9.2).
struct CallHeaders {
    /// Lines of `SYS_EXT_httpHeaders`.
    private static let linesMax = 100
    /// These frame the message or steer the connection; whoever sets them could smuggle a second request.
    private static let refusedNames: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private struct Line {
        let name: String
        let value: TokenTemplate
    }

    private let lines: [Line]

    var templates: [TokenTemplate] { lines.map(\.value) }

    /// Reads one `Name: value` a line; empty lines do not count, tokens stand in values only.
    init(parsing text: String?) throws {
        var lines: [Line] = []
        for bytes in (text ?? "").utf8.split(separator: UInt8(ascii: "\n")) {
            let line = Self.trimmed(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
            guard !line.isEmpty else { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw CallSettingError("A line of SYS_EXT_httpHeaders is not “Name: value”.")
            }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            guard Self.isName(name) else {
                throw CallSettingError("A line of SYS_EXT_httpHeaders does not begin with the name of a header.")
            }
            guard !Self.refusedNames.contains(name.lowercased()) else {
                throw CallSettingError("SYS_EXT_httpHeaders may not set \(name).")
            }
            let value = String(decoding: Self.trimmed(line[line.index(after: colon)...]), as: UTF8.self)
            lines.append(Line(name: name, value: try CallTemplate.parse(value, property: "SYS_EXT_httpHeaders")))
        }
        guard lines.count <= Self.linesMax else {
            throw CallSettingError("SYS_EXT_httpHeaders has more than \(Self.linesMax) lines.")
        }
        self.lines = lines
    }

    /// The server's headers that no line replaces, then the lines.
    func merged(over own: [OutboundRequest.Header], values: TokenValues) throws -> [OutboundRequest.Header] {
        let replaced = Set(lines.map { $0.name.lowercased() })
        var headers = own.filter { !replaced.contains($0.name.lowercased()) }
        for line in lines {
            let value = try line.value.resolved { token in try values.value(of: token) }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw CallSettingError("The header \(line.name) of SYS_EXT_httpHeaders holds a control character.")
            }
            headers.append(OutboundRequest.Header(line.name, value))
        }
        return headers
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let tail = bytes.drop(while: isBlank)
        guard let last = tail.lastIndex(where: { !isBlank($0) }) else { return tail.prefix(0) }
        return tail[...last]
    }

    /// A token of RFC 9110 §5.6.2.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
