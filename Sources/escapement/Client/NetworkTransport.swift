import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SchedulerAPI

/// The transport over HTTP or HTTPS. Redirects are not followed: they would carry the password elsewhere.
struct NetworkTransport: ClientTransport {
    /// How long connecting, and then the whole answer to one call, may take.
    static let connectTimeout: TimeAmount = .seconds(10)
    static let replyTimeout: TimeAmount = .seconds(30)
    /// Largest accepted answer, in bytes.
    static let replyBytesMax = 64 << 20

    let client: HTTPClient

    /// Runs `work` with a transport that is shut down afterwards.
    ///
    /// - Parameters:
    ///   - caFile: PEM certificates to trust instead of the system's.
    ///   - work: what to do with the transport.
    /// - Returns: what `work` returns.
    /// - Throws: what `work` throws; `ClientFailure` for certificates that cannot be used.
    static func use<Result>(
        caFile: String? = nil,
        _ work: (NetworkTransport) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        if let caFile {
            guard let roots = try? NIOSSLCertificate.fromPEMFile(caFile), !roots.isEmpty else {
                throw ClientFailure(exit: .usage, message: "--ca-file \(caFile) holds no PEM certificates")
            }
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(roots)
            configuration.tlsConfiguration = tls
        }
        configuration.timeout.connect = connectTimeout
        configuration.httpVersion = .http1Only
        // A refused connection is told at once; whoever can wait for the server tries again himself.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result
        do {
            result = try await work(NetworkTransport(client: client))
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        return result
    }

    func send(_ request: HTTPRequest, body: [UInt8]) async throws -> ClientReply {
        let address = "\(request.scheme ?? "http")://\(request.authority ?? "")"
        var outgoing = HTTPClientRequest(url: address + (request.path ?? "/"))
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await client.execute(outgoing, timeout: Self.replyTimeout)
            let content = try await response.body.collect(upTo: Self.replyBytesMax)
            var fields = HTTPFields()
            for (name, value) in response.headers {
                guard let name = HTTPField.Name(name) else { continue }
                fields.append(HTTPField(name: name, value: value))
            }
            return ClientReply(
                status: Int(response.status.code),
                fields: fields,
                body: Array(content.readableBytesView)
            )
        } catch is CancellationError {
            throw CancellationError()
        } catch is NIOTooManyBytesError {
            throw ClientFailure(exit: .other, message: "the answer of \(address) is too large")
        } catch {
            // A cancelled call may end in an error of the connection.
            try Task.checkCancellation()
            throw ClientFailure(exit: .unavailable, message: "no answer from \(address): \(Self.reason(error))")
        }
    }

    /// The library's errors in words for people.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError: "\(SmallFileError(code: error.errnoCode))"
        case let error as NIOConnectionError:
            error.connectionErrors.last.map { reason($0.error) } ?? "there is no such host"
        case is NIOSSLError:
            "the connection is not secure: who signed its certificate is not trusted; --ca-file names who is"
        case let error as HTTPClientError where error == .connectTimeout: "connecting takes too long"
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout].contains(error):
            "the answer takes too long"
        case let error as HTTPClientError where error == .remoteConnectionClosed: "the server closed the connection"
        default: "\(error)"
        }
    }
}
