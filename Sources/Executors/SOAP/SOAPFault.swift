/// The Fault of a SOAP answer, version 1.1 or 1.2.
struct SOAPFault: Hashable {
    /// Elements within elements; a deeper document is no answer of a job.
    private static let depthMax = 64

    /// Local name: `Client`, `Server.Timeout`, `Sender`.
    private(set) var code: String?
    private(set) var text: String?

    /// True if the message itself is at fault, so that sending it again is of no use.
    var blamesSender: Bool {
        guard let code else { return false }
        return code == "Sender" || code == "Client" || code.hasPrefix("Client.")
    }

    /// Nil if the body is no SOAP envelope with a Fault as the content of its Body.
    init?(body: [UInt8]) {
        guard let found = try? Self.search(body) else { return nil }
        self = found
    }

    private init() {}

    private static func search(_ body: [UInt8]) throws(XMLScanner.Malformed) -> SOAPFault? {
        guard body.contains(UInt8(ascii: "<")) else { return nil }
        var scanner = XMLScanner(body)
        var path: [String] = []
        var fault: SOAPFault?
        while let token = try scanner.next() {
            switch token {
            case .start(let name, _, let isEmpty):
                guard path.count < depthMax else { return nil }
                if path == ["Envelope", "Body"], name.local == "Fault" { fault = SOAPFault() }
                if !isEmpty { path.append(name.local) }
            case .end:
                if path == ["Envelope", "Body", "Fault"] { return fault }
                _ = path.popLast()
            case .text(let range):
                fault?.take(XMLText.unescaped(scanner.string(range)), at: path)
            case .literal(let range):
                fault?.take(scanner.string(range), at: path)
            }
        }
        return nil
    }

    private mutating func take(_ part: String, at path: [String]) {
        guard path.starts(with: ["Envelope", "Body", "Fault"]) else { return }
        switch path.dropFirst(3) {
        case ["faultcode"], ["Code", "Value"]:
            let name = part.filter { !$0.isWhitespace }
            if !name.isEmpty { code = XMLName(name).local }
        case ["faultstring"], ["Reason", "Text"]:
            text = (text ?? "") + part
        default: break
        }
    }
}
