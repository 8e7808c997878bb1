import Crypto
import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// The header `Idempotency-Key`, and what makes two calls under it the same (REST §2.6).
enum IdempotencyKey {
    private static let field = HTTPField.Name("Idempotency-Key")

    /// The key of a call; nil where it has none, or its method takes none.
    ///
    /// - Throws: ESS-05005 unless the key is 1 to 255 visible ASCII characters.
    static func key(of request: Request) throws(SchedulerError) -> String? {
        guard let field, let key = request.headers[field], takesKey(request.method) else { return nil }
        guard (1...HTTPLimits.idempotencyKeyMax).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw SchedulerError(5005, "Idempotency-Key", "1..\(HTTPLimits.idempotencyKeyMax) visible characters") }
        return key
    }

    private static func takesKey(_ method: HTTPRequest.Method) -> Bool {
        method == .post || method == .patch || method == .delete
    }

    /// The call as a repeat is told by.
    ///
    /// - Parameters:
    ///   - key: of the call.
    ///   - received: the call.
    /// - Returns: nil where neither credentials nor a handle say who calls: such a call is refused.
    static func call(_ key: String, _ received: ReceivedCall) -> IdempotentCall? {
        var identity = Digest()
        if let caller = received.caller {
            identity.add("user")
            identity.add(caller.principal.userName)
        } else if let handle = handle(of: received) {
            identity.add("handle")
            identity.add(handle)
        } else {
            return nil
        }
        return IdempotentCall(
            key: CallKey(caller: identity.bytes.hexadecimal, value: key),
            fingerprint: fingerprint(of: received)
        )
    }

    /// Without credentials, and without media types: these say how to answer, not what to do. The path without slashes
    /// at its end and the query without its order are the same path and query.
    private static func fingerprint(of received: ReceivedCall) -> [UInt8] {
        var digest = Digest()
        digest.add(received.request.method.rawValue)
        let uri = received.request.uri
        digest.add(received.path.isWellFormed ? received.path.segments.compactMap(\.self) : [uri.path])
        digest.add((try? QueryParameters(uri.query))?.canonical ?? [uri.query ?? ""])
        digest.add(received.body)
        return digest.bytes
    }

    /// The handle that stands for credentials.
    private static func handle(of received: ReceivedCall) -> String? {
        let body = received.body
        switch received.route {
        case .requests:
            return (try? SubmitBody(json: body))?.requestExecutionContext?.requestHandle.value
        case .executionStatus:
            let handle = (try? ExecutionStatusBody(json: body))?.requestHandle?.value
            return handle ?? ReportHandler.handle(in: received.request.headers)
        case .checkInCancelling:
            return (try? CheckInBody(json: body))?.context.requestHandle.value
        default:
            return nil
        }
    }

    /// SHA-256 of parts, each with its length before it, so that no two lists of parts are one text.
    private struct Digest {
        private var hash = SHA256()

        mutating func add(_ bytes: [UInt8]) {
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
            bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }

        mutating func add(_ text: String) { add(Array(text.utf8)) }

        mutating func add(_ texts: [String]) {
            withUnsafeBytes(of: UInt64(texts.count).bigEndian) { hash.update(bufferPointer: $0) }
            for text in texts { add(text) }
        }

        var bytes: [UInt8] { Array(hash.finalize()) }
    }
}
