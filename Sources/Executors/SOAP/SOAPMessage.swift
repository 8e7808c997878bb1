/// A SOAP message to be sent (runtime §9.2): as it was given, or in an envelope of SOAP 1.1 if it has none.
struct SOAPMessage {
    enum Version {
        case v11
        case v12

        static let v12Namespace = "http://www.w3.org/2003/05/soap-envelope"

        var mediaType: String { self == .v11 ? "text/xml" : "application/soap+xml" }

        /// SOAP 1.2 has no `SOAPAction`: the action is a parameter of the type (RFC 3902).
        func contentType(action: String) -> String {
            let type = "\(mediaType); charset=utf-8"
            return self == .v12 && !action.isEmpty ? "\(type); action=\"\(action)\"" : type
        }
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

    private(set) var text: String
    let version: Version

    /// - Throws: `CallSettingError` if the message declares a document type.
    init(_ message: String) throws(CallSettingError) {
        let bytes = Array(message.utf8)
        var scanner = XMLScanner(bytes)
        do {
            while let token = try scanner.next() {
                guard case .start(let name, let range, _) = token else { continue }
                guard name.local == "Envelope" else { break }
                text = message
                version = scanner.string(range).contains(Version.v12Namespace) ? .v12 : .v11
                return
            }
        } catch {
            throw CallSettingError("The SOAP message is not well-formed XML.")
        }
        version = .v11
        text =
            Self.declaration
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>"
            + Self.withoutDeclaration(bytes) + "</soapenv:Body></soapenv:Envelope>"
    }

    /// Adds what an asynchronous service needs for its answer: WS-Addressing 1.0 `MessageID` and `ReplyTo`, and the
    /// handle in `urn:escapement:job`.
    mutating func address(messageID: String, replyTo: String, handle: String) throws(CallSettingError) {
        let addressing = "xmlns:wsa=\"http://www.w3.org/2005/08/addressing\""
        let blocks =
            "<wsa:MessageID \(addressing)>\(XMLText.escaped(messageID))</wsa:MessageID>"
            + "<wsa:ReplyTo \(addressing)><wsa:Address>\(XMLText.escaped(replyTo))</wsa:Address></wsa:ReplyTo>"
            + "<job:requestHandle xmlns:job=\"urn:escapement:job\">\(XMLText.escaped(handle))</job:requestHandle>"
        guard let edited = try? Self.adding(blocks, to: Array(text.utf8)) else {
            throw CallSettingError("The SOAP message has no body in its envelope.")
        }
        text = edited
    }

    /// Puts header blocks into the `Header` of the envelope, which is made before `Body` if there is none.
    private static func adding(_ blocks: String, to bytes: [UInt8]) throws(XMLScanner.Malformed) -> String {
        var scanner = XMLScanner(bytes)
        var envelope: XMLName?
        var depth = 0
        while let token = try scanner.next() {
            switch token {
            case .start(let name, let range, let isEmpty):
                if depth == 1, name.local == "Header" {
                    return spliced(bytes, range, isEmpty ? expanded(scanner.string(range), name, blocks) : nil, blocks)
                }
                if depth == 1, name.local == "Body", let envelope {
                    let header = XMLName(envelope.prefix.isEmpty ? "Header" : "\(envelope.prefix):Header").qualified
                    let text = "<\(header)>\(blocks)</\(header)>" + scanner.string(range)
                    return spliced(bytes, range, text, "")
                }
                if depth == 0 { envelope = name }
                if !isEmpty { depth += 1 }
            case .end: depth -= 1
            case .text, .literal: break
            }
        }
        throw XMLScanner.Malformed()
    }

    /// `<a:Header …/>` as `<a:Header …>blocks</a:Header>`.
    private static func expanded(_ tag: String, _ name: XMLName, _ blocks: String) -> String {
        "\(tag.dropLast(2))>\(blocks)</\(name.qualified)>"
    }

    /// The document with `replacement` for the tag at `range`, or with `addition` behind it.
    private static func spliced(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        _ replacement: String?,
        _ addition: String
    ) -> String {
        let head = bytes[..<range.lowerBound]
        let tail = bytes[range.upperBound...]
        let middle = replacement.map { Array($0.utf8) } ?? Array(bytes[range]) + Array(addition.utf8)
        return String(decoding: head + middle + tail, as: UTF8.self)
    }

    private static func withoutDeclaration(_ bytes: [UInt8]) -> String {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        let begun = rest.drop { " \t\r\n".utf8.contains($0) }
        if begun.starts(with: "<?xml".utf8), let end = begun.firstIndex(of: UInt8(ascii: ">")) {
            rest = begun[(end + 1)...]
        }
        return String(decoding: rest, as: UTF8.self)
    }
}
