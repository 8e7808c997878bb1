package import Logging
package import SchedulerCore
import Synchronization

/// The way from a job's context to the server; cut when the invocation is over.
final class SwiftJobLink: Sendable {
    private let request: JobRequest
    private let level: JobLogLevel
    private let services: SwiftJobServices
    private let closed = Atomic(false)

    init(_ request: JobRequest, level: JobLogLevel, services: SwiftJobServices) {
        self.request = request
        self.level = level
        self.services = services
    }

    var isClosed: Bool { closed.load(ordering: .acquiring) }

    func close() { closed.store(true, ordering: .releasing) }

    func checkIn(_ invocation: Invocation) async throws -> Bool {
        guard !isClosed else { return true }
        return try await services.reporting.checkIn(request.id, handle: invocation.handle)
    }

    func submit(_ order: SubRequestOrder, _ invocation: Invocation) async throws -> Int64 {
        guard !isClosed else { throw CancellationError() }
        do {
            return try await services.subRequests.submit(order, below: request.id, handle: invocation.handle).value
        } catch let error as SchedulerError {
            throw SubRequestRefused(error)
        }
    }

    func log(_ message: String, level: JobLogLevel) {
        guard !isClosed, level >= self.level else { return }
        do {
            try services.content.appendLog(message, of: request.id, level: level, at: services.time.now())
        } catch {
            services.logger.warning(
                "A line of a request's log could not be written.",
                metadata: request.logMetadata(error: "\(error)")
            )
        }
    }

    func writeOutput(_ bytes: [UInt8], name: String) throws {
        guard !isClosed else { throw CancellationError() }
        try services.content.writeOutput(bytes, name: name, of: request.id)
    }

    func sleep(for duration: Duration) async throws { try await services.time.sleep(for: duration) }
}

/// What all Swift jobs share.
package struct SwiftJobServices: Sendable {
    let content: any ContentWriting
    let reporting: any InvocationReporting
    let subRequests: any SubRequestSubmitting
    let time: any TimeSource
    let logger: Logger

    /// - Parameters:
    ///   - content: takes log lines and outputs.
    ///   - reporting: takes check-ins.
    ///   - subRequests: takes sub-requests.
    ///   - time: stamps log lines, measures graces.
    ///   - logger: of the server.
    package init(
        content: any ContentWriting,
        reporting: any InvocationReporting,
        subRequests: any SubRequestSubmitting,
        time: any TimeSource,
        logger: Logger
    ) {
        self.content = content
        self.reporting = reporting
        self.subRequests = subRequests
        self.time = time
        self.logger = logger
    }
}
