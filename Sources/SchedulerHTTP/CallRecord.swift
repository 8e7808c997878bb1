import HTTPTypes
import Hummingbird
import Logging
import SchedulerCore

/// What the log says of a call: never a body, a header or a query.
struct CallRecord {
    let method: HTTPRequest.Method
    let clientAddress: String?
    /// Trace id, 32 hexadecimal digits: the caller's, else random.
    let trace: String
    /// `X-Request-Id`: the caller's, else the trace id.
    let callID: String
    private let path: String
    var route: Route?
    var user: String?
    /// Whether the body was taken whole.
    var hasReadBody = false

    init(request: Request, clientAddress: String?) {
        method = request.method
        self.clientAddress = clientAddress
        path = request.uri.path
        trace = Self.traceParent.flatMap { request.headers[$0] }.flatMap(Self.trace) ?? Self.randomTrace()
        callID = Self.callIDField.flatMap { request.headers[$0] }.flatMap(Self.callID) ?? trace
    }

    /// The path as errors quote it.
    var shownPath: String { String(path.prefix(HTTPLimits.quotedCharacters)) }

    /// Number of the scheduler's request that the path names; asked for where a line is written, and only there.
    private var requestID: SchedulerCore.RequestID? {
        guard let route, route.namesRequest else { return nil }
        return try? RequestPath(path).requestID()
    }

    /// Names the call and says how long it took (Server Timing, §3).
    func tell(_ answer: inout Answer, duration: Duration) {
        if let name = Self.callIDField { answer.fields[name] = callID }
        if let name = Self.serverTiming {
            let microseconds = duration / .microseconds(1)
            answer.fields[name] = "total;dur=\((microseconds / 100).rounded() / 10)"
        }
    }

    /// - Parameters:
    ///   - status: of the answer.
    ///   - duration: until it was made.
    ///   - isAccess: whether calls that were carried out are told of, too.
    ///   - logger: of the server.
    func log(_ status: HTTPResponse.Status, duration: Duration, isAccess: Bool, to logger: Logger) {
        logger.log(
            level: status.code < 400 && !isAccess ? .debug : .info,
            "Call answered",
            metadata: metadata(status, duration)
        )
    }

    /// Names as in every line (administration §10): `requestId` is the scheduler's request that the line is about.
    private func metadata(_ status: HTTPResponse.Status, _ duration: Duration) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "method": "\(method.rawValue.prefix(HTTPLimits.quotedCharacters))",
            "route": "\(route?.template ?? "unknown")",
            "status": "\(status.code)",
            "milliseconds": "\(duration.wholeMilliseconds)",
            "ecid": "\(trace)",
            "callId": "\(callID)",
        ]
        if let user { metadata["principal"] = "\(user)" }
        if let requestID { metadata["requestId"] = "\(requestID)" }
        return metadata
    }

    private static let traceParent = HTTPField.Name("traceparent")
    private static let callIDField = HTTPField.Name("X-Request-Id")
    private static let serverTiming = HTTPField.Name("Server-Timing")

    /// What is no plain name, or a long one, is not repeated.
    private static func callID(_ header: String) -> String? {
        let isPlain = header.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return !header.isEmpty && header.utf8.count <= HTTPLimits.callIDMax && isPlain ? header : nil
    }

    /// Trace id of a `traceparent` (W3C Trace Context, level 1, §3.2): `00-<32 digits>-<16 digits>-<2 digits>`.
    private static func trace(_ header: String) -> String? {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, parts[0] != "ff", parts[1].utf8.count == 32,
            parts[1].utf8.allSatisfy(isLowerHexadecimal), parts[1].utf8.contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        return String(parts[1])
    }

    private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func randomTrace() -> String {
        var generator = SystemRandomNumberGenerator()
        var rest: (UInt64, UInt64) = (generator.next() | 1, generator.next())
        return String(unsafeUninitializedCapacity: 32) { buffer in
            for index in 0..<16 {
                buffer[index] = digits[Int(rest.0 & 15)]
                buffer[index + 16] = digits[Int(rest.1 & 15)]
                rest = (rest.0 >> 4, rest.1 >> 4)
            }
            return 32
        }
    }
}
