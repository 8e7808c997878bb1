import HTTPTypes
import Hummingbird
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
        return Self.page(html)
    }

    func errorIndex(_ call: Call) -> Answer { Self.page(ErrorPage.indexHTML(publicURL: call.publicURL)) }

    private static func page(_ html: String) -> Answer {
        var answer = Answer(contentType: ErrorPage.contentType, bytes: Array(html.utf8))
        answer.fields[.contentSecurityPolicy] = ErrorPage.contentSecurityPolicy
        answer.fields[.xContentTypeOptions] = "nosniff"
        return answer
    }

    /// An OpenAPI document, for whoever is signed in (administration §6.4).
    func document(_ make: (CompatibilityProfile) -> APIDocument, _ call: Call) throws -> Answer {
        _ = try call.requireCaller()
        return call.answer(make(call.links.profile).encoded(publicURL: call.publicURL))
    }

    private static let good = Answer(contentType: "text/plain; charset=utf-8", bytes: Array("ok\n".utf8))
}
