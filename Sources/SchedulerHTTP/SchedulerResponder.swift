import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Answers every call: the checks in the order of REST §2.3, then the operation.
package struct SchedulerResponder: HTTPResponder {
    package typealias Context = HTTPContext

    private let services: HTTPServices
    private let operations: Operations
    private let authenticator: BasicAuthenticator
    private let links: LinkCache
    private let bodies: BodyReader
    /// Nil where everybody may call as often as he likes.
    private let callers: CallCounter?
    private let logger: Logger

    package init(services: HTTPServices, logger: Logger) {
        self.services = services
        self.logger = logger
        operations = Operations(services)
        authenticator = BasicAuthenticator(catalogue: services.catalogue, time: services.time)
        links = LinkCache(profile: services.profile)
        bodies = BodyReader(time: services.time, patience: services.requestTimeout)
        callers = services.callRate.map(CallCounter.init)
    }

    package func respond(to request: Request, context: HTTPContext) async throws -> Response {
        let start = services.time.monotonicNow()
        var record = CallRecord(request: request, clientAddress: context.clientAddress)
        let publicURL = services.publicURL()
        var answer: Answer
        do {
            answer = try await perform(request, publicURL: publicURL, record: &record)
        } catch let broken as BodyReader.BrokenMessage {
            // The connection is of no more use; whoever owns it ends it.
            throw broken.cause
        } catch {
            let type = ContentNegotiation.errorType(accept: request.headers[.accept])
            answer = ErrorAnswer(publicURL: publicURL, type: type, trace: record.trace)
                .answer(to: error, logger: logger)
        }
        if !record.hasReadBody, request.closesAfterwards { await discardBody(of: request) }
        answer.encode(for: request.headers[.acceptEncoding])
        let duration = services.time.monotonicNow() - start
        record.tell(&answer, duration: duration)
        record.log(answer.status, duration: duration, isAccess: services.logsEveryCall, to: logger)
        return answer.response(to: request.method)
    }

    /// 414 and 431, then in the order of REST §2.3 429 and 401, 404 path, 405, 403 of another site, 406, 408 and 413,
    /// 415, key, 400 path and query; the operation does the rest.
    private func perform(_ request: Request, publicURL: String, record: inout CallRecord) async throws -> Answer {
        try Self.checkSize(request)
        let path = RequestPath(request.uri.path)
        let route = path.route
        record.route = route
        let caller = try await caller(of: request, route: route, record: &record)
        guard let route else { throw SchedulerError(5020, record.shownPath) }
        guard route.methods.contains(request.method) else { return try Self.otherMethod(request, route) }
        let isReading = request.method == .get || request.method == .head
        guard isReading || !CallOrigin.isForeign(request, publicURL: publicURL) else { throw SchedulerError(31_004) }
        let accept = route.isNegotiated ? request.headers[.accept] : nil
        let type = try ContentNegotiation.responseType(accept: accept)
        let body = route.readsBody(request.method) ? try await self.body(of: request, route, caller, &record) : []
        let received = ReceivedCall(
            request: request,
            path: path,
            route: route,
            caller: caller,
            publicURL: publicURL,
            type: type,
            body: body
        )
        if let key = try IdempotencyKey.key(of: request), let call = IdempotencyKey.call(key, received) {
            return try await perform(received, call)
        }
        return try await operations.perform(route, received.call(links: links.builder(publicURL: publicURL)))
    }

    /// Carries out a call under a key, or answers what it was answered before.
    private func perform(_ received: ReceivedCall, _ idempotent: IdempotentCall) async throws -> Answer {
        let route = received.route
        let links = links.builder(publicURL: received.publicURL)
        do {
            return try await services.idempotency.answer(idempotent) { recorded in
                try received.call(links: links).repeated(recorded, of: route)
            } first: {
                let call = try received.call(links: links, idempotent: idempotent)
                let answer = try await operations.perform(route, call)
                if !route.isRecordedWithRequest {
                    try await services.idempotency.keep(answer.recorded, of: idempotent)
                }
                return answer
            }
        } catch let error as SchedulerError where error.code == 1054 {
            throw Refusal(error: error, fields: [.retryAfter: String(HTTPLimits.retryAfterRunning)])
        }
    }

    /// - Throws: ESS-05030, ESS-05031.
    private static func checkSize(_ request: Request) throws(SchedulerError) {
        guard request.uri.string.utf8.count <= HTTPLimits.urlBytesMax else {
            throw SchedulerError(5030, "\(HTTPLimits.urlBytesMax) bytes")
        }
        var rest = HTTPLimits.headerBytesMax
        for field in request.headers { rest -= field.name.rawName.utf8.count + field.value.utf8.count }
        guard rest >= 0 else { throw SchedulerError(5031, "\(HTTPLimits.headerBytesMax) bytes") }
    }

    /// OPTIONS tells the methods, anything else is refused with them (REST C3).
    private static func otherMethod(_ request: Request, _ route: Route) throws -> Answer {
        let allow: HTTPFields = [.allow: route.methods.map(\.rawValue).joined(separator: ", ")]
        guard request.method == .options else {
            let method = String(request.method.rawValue.prefix(HTTPLimits.quotedCharacters))
            throw Refusal(error: SchedulerError(5021, method), fields: allow)
        }
        return Answer(status: .noContent, fields: allow)
    }

    /// - Throws: `Refusal` with ESS-05025 or ESS-02001.
    private func caller(of request: Request, route: Route?, record: inout CallRecord) async throws -> Caller? {
        guard route?.isAnonymous != true else { return nil }
        guard let header = request.headers[.authorization] else {
            guard let route, route.takesHandle, request.method == .post else { throw Refusal.unauthenticated }
            return nil
        }
        let user = try await authenticator.user(header, address: record.clientAddress)
        record.user = user.name
        if let wait = callers?.wait(of: user.name, from: record.clientAddress, now: services.time.monotonicNow()) {
            throw Refusal.tooMany(retryAfter: wait)
        }
        return Caller(
            principal: Principal(user),
            authMethod: "basic",
            clientAddress: record.clientAddress,
            trace: record.trace
        )
    }

    /// Without credentials only a handle in the body could help: where none can be read, they are what is missing.
    private func body(
        of request: Request,
        _ route: Route,
        _ caller: Caller?,
        _ record: inout CallRecord
    ) async throws -> [UInt8] {
        do {
            return try await body(of: request, &record)
        } catch is SchedulerError where caller == nil && route == .requests {
            throw Refusal.unauthenticated
        }
    }

    /// - Throws: ESS-05023, ESS-05029, ESS-05024.
    private func body(of request: Request, _ record: inout CallRecord) async throws -> [UInt8] {
        let takesDocuments = if case .metadata(let route) = record.route { route.takesDocuments } else { false }
        let limit = takesDocuments ? services.maxMetadataSize : services.maxBodySize
        let buffer: ByteBuffer
        do {
            buffer = try await bodies.body(of: request, upTo: limit)
        } catch let refusal as Refusal {
            // Nobody waits for the rest any longer.
            record.hasReadBody = true
            throw refusal
        }
        record.hasReadBody = true
        if record.route != .metadata(.importXML) {
            try ContentNegotiation.checkBody(contentType: request.headers[.contentType])
        } else {
            try ContentNegotiation.checkXMLBody(contentType: request.headers[.contentType])
        }
        return Array(buffer.readableBytesView)
    }

    /// Takes what the caller still sends. Where the connection ends with the answer, nobody else does, and a caller
    /// that sends all before it reads would wait for ever. On any other connection the server reads on by itself.
    private func discardBody(of request: Request) async {
        var rest = HTTPLimits.discardedBodyBytesMax
        do {
            for try await part in request.body {
                rest -= part.readableBytes
                if rest < 0 { return }
            }
        } catch {
            logger.debug("Unread body broken off", metadata: ["error": "\(error)"])
        }
    }
}

extension Request {
    /// Whether the connection ends with the answer. Who waits for `100 Continue` sends no body before it.
    fileprivate var closesAfterwards: Bool {
        headers[.connection]?.lowercased() == "close" && headers[.expect] == nil
    }
}
