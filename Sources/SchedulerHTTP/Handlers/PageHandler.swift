import SchedulerAPI
import SchedulerCore

/// What everybody may see: health and the pages about errors (administration §5.1, §6.4).
struct PageHandler {
    let isAlive: @Sendable () -> Bool
    let isReady: @Sendable () async -> Bool

    func health() throws -> Answer {
        guard isAlive() else { throw SchedulerError(500, "a loop of this node stands still") }
        return Self.good
    }

    func readiness() async throws -> Answer {
        guard await isReady() else { throw SchedulerError(6001) }
        return Self.good
    }

    func errorPage(_ call: Call) throws -> Answer {
        guard let html = ErrorPage.html(for: call.path.name, publicURL: call.publicURL) else {
            throw SchedulerError(5020, call.shownPath)
        }
        return .page(html)
    }

    func errorIndex(_ call: Call) -> Answer { .page(ErrorPage.indexHTML(publicURL: call.publicURL)) }

    private static let good = Answer(contentType: "text/plain; charset=utf-8", bytes: Array("ok\n".utf8))
}
