import HTTPTypes
import Hummingbird
import NIOCore
import SchedulerAPI
import SchedulerCore

/// What an operation answers, before it becomes a message.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var fields: HTTPFields
    var body: ResponseBody
    /// The body where it is known as a whole.
    private(set) var bytes: [UInt8] = []

    init(status: HTTPResponse.Status = .ok, fields: HTTPFields = [:], body: ResponseBody = ResponseBody()) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    init(status: HTTPResponse.Status = .ok, contentType: String, bytes: [UInt8]) {
        self.init(status: status, fields: [.contentType: contentType], bytes: bytes)
    }

    init(status: HTTPResponse.Status, fields: HTTPFields = [:], bytes: [UInt8]) {
        let body = bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        self.init(status: status, fields: fields, body: body)
        self.bytes = bytes
    }

    /// A page for people. A browser obeys the policy and does not guess types.
    static func page(_ html: String, policy: String = HTMLPage.contentSecurityPolicy) -> Answer {
        var answer = Answer(contentType: HTMLPage.contentType, bytes: Array(html.utf8))
        answer.fields[.contentSecurityPolicy] = policy
        answer.fields[.xContentTypeOptions] = "nosniff"
        return answer
    }

    /// Makes the body smaller for a caller that takes it so. What has a version of its own, or is a part, stays as it
    /// is: another encoding would be another thing.
    mutating func encode(for acceptEncoding: String?) {
        guard bytes.count >= GzipEncoding.bytesMin, fields[.eTag] == nil, fields[.contentRange] == nil else { return }
        fields[.vary] = "Accept-Encoding"
        guard ContentNegotiation.takesGzip(acceptEncoding), let encoded = GzipEncoding.encode(bytes) else { return }
        bytes = encoded
        body = ResponseBody(byteBuffer: ByteBuffer(bytes: encoded))
        fields[.contentEncoding] = "gzip"
    }

    /// The message; to HEAD the same without body.
    func response(to method: HTTPRequest.Method) -> Response {
        let response = Response(status: status, headers: fields, body: body)
        return method == .head ? response.createHeadResponse() : response
    }
}

/// A refusal with header fields of its own.
struct Refusal: Error {
    let error: SchedulerError
    var fields: HTTPFields = [:]

    /// Too many calls or failed sign-ins (administration §5.8).
    static func tooMany(retryAfter: Duration) -> Refusal {
        let seconds = max(1, (retryAfter.wholeMilliseconds + 999) / 1000)
        return Refusal(error: SchedulerError(5025), fields: [.retryAfter: String(seconds)])
    }

    static var unauthenticated: Refusal { Refusal(error: SchedulerError(2001)) }
}
