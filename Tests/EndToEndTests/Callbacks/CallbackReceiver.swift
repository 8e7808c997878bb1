import Foundation
import Glibc
import Synchronization

/// The receiver of callbacks: a server on a socket that behaves as its test says, call by call.
///
/// It has its port from the start. Until it listens there, whoever calls is refused, as by a receiver that is down.
final class CallbackReceiver: Sendable {
    /// How a call ends.
    enum Conduct: Sendable {
        case answer(Int, fields: [String] = [], body: String = "")
        /// As `answer`, once the gate is open.
        case wait(Gate, Int, body: String)
        /// No answer until the caller has gone.
        case silence
        /// Closes in the middle of the head of its answer.
        case halfHead
        /// Says 200 and closes in the middle of the body.
        case halfBody
        /// Reads the beginning of the call and closes.
        case halfCall
    }

    /// Opens once, for all who wait.
    final class Gate: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)

        func open() { semaphore.signal() }

        fileprivate func pass() {
            semaphore.wait()
            semaphore.signal()
        }
    }

    /// A call as far as it was read.
    struct Call: Hashable, Sendable {
        /// Method and path.
        let line: String
        let fields: [String: String]
        let body: String

        /// The value of a field; nil where it was not sent.
        subscript(_ name: String) -> String? { fields[name.lowercased()] }

        fileprivate init(_ text: String) {
            let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            let lines = parts[0].split(separator: "\r\n")
            line = String(lines.first ?? "").replacing(" HTTP/1.1", with: "")
            var fields: [String: String] = [:]
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields[line[..<colon].lowercased()] = String(value)
            }
            self.fields = fields
            body = parts.count > 1 ? String(parts[1]) : ""
        }
    }

    private struct Script {
        var next: [Conduct]
        var last: Conduct
        var count = 0
    }

    /// Bytes that are read of a call that is read by half.
    private static let halfCallBytes = 64

    let port: UInt16
    private let descriptor: Int32
    private let script: Mutex<Script>
    private let calls: AsyncStream<Call>
    private let came: AsyncStream<Call>.Continuation

    var url: String { "http://127.0.0.1:\(port)" }

    /// Calls that came so far.
    var count: Int { script.withLock { $0.count } }

    /// - Parameters:
    ///   - conducts: of the first calls, in this order.
    ///   - last: of all further calls.
    ///   - isUp: whether it listens at once.
    /// - Throws: if there is no socket for it.
    init(_ conducts: [Conduct] = [], last: Conduct = .answer(200), isUp: Bool = true) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, size) = (descriptor, length)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) | getsockname(socket, address, &length)
            }
        }
        guard status == 0 else { throw ServerEnded(text: "the receiver has no socket") }
        port = UInt16(bigEndian: address.sin_port)
        script = Mutex(Script(next: conducts, last: last))
        (calls, came) = AsyncStream.makeStream()
        if isUp { comeUp() }
    }

    deinit {
        // Wakes the thread that accepts; it ends then.
        shutdown(descriptor, Int32(SHUT_RDWR))
        Glibc.close(descriptor)
    }

    /// Listens from now on.
    func comeUp() {
        let socket = descriptor
        listen(socket, 64)
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                // One that is silent keeps no other waiting.
                Thread.detachNewThread { [weak self] in
                    self?.serve(connection)
                    Glibc.close(connection)
                }
            }
        }
    }

    /// Behaves otherwise from the next call on.
    func behave(_ conducts: [Conduct], last: Conduct = .answer(200)) {
        script.withLock { script in
            script.next = conducts
            script.last = last
        }
    }

    /// The next call that nobody took yet.
    func next() async throws -> Call {
        for await call in calls { return call }
        throw CancellationError()
    }

    /// The next so many calls.
    func next(_ number: Int) async throws -> [Call] {
        var found: [Call] = []
        while found.count < number { found.append(try await next()) }
        return found
    }

    // MARK: - One call

    private func serve(_ connection: Int32) {
        let conduct = script.withLock { script in script.next.isEmpty ? script.last : script.next.removeFirst() }
        let isHalf = if case .halfCall = conduct { true } else { false }
        let text = Self.read(connection, upTo: isHalf ? Self.halfCallBytes : nil)
        // Whoever connects and says nothing has not called.
        guard !text.isEmpty else { return }
        script.withLock { $0.count += 1 }
        came.yield(Call(text))
        switch conduct {
        case .answer(let status, let fields, let body): Self.answer(connection, status, fields, body)
        case .wait(let gate, let status, let body):
            gate.pass()
            Self.answer(connection, status, [], body)
        case .silence: _ = Self.read(connection, upTo: nil)
        case .halfHead: Self.send(connection, "HTTP/1.1 200 OK\r\nContent-Le")
        case .halfBody: Self.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")
        case .halfCall: break
        }
    }

    private static func answer(_ connection: Int32, _ status: Int, _ fields: [String], _ body: String) {
        let lines =
            ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)", "Connection: close"] + fields
        send(connection, lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Reads a whole call, so many bytes of it, or what comes until the other side has closed.
    private static func read(_ connection: Int32, upTo limit: Int?) -> String {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: limit ?? 65_536)
        while true {
            let count = Glibc.read(connection, &chunk, chunk.count)
            guard count > 0 else { return text }
            text += String(decoding: chunk[..<count], as: UTF8.self)
            guard limit == nil else { return text }
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let field = text[..<end.lowerBound].range(of: "content-length: ", options: .caseInsensitive)
            let length = field.flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
            if text[end.upperBound...].utf8.count >= length { return text }
        }
    }

    /// Sends to one who may have gone.
    private static func send(_ connection: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
