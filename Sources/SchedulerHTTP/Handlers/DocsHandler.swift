import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore

/// The OpenAPI documents, and what shows them to people, for whoever is signed in (administration §6.4).
struct DocsHandler {
    /// Nil where none is installed.
    let viewer: DocsViewer?

    func document(_ document: PublishedDocument, _ call: Call) throws -> Answer {
        _ = try call.requireCaller()
        return call.answer(document.document(in: call.links.profile).encoded(publicURL: call.publicURL))
    }

    func page(_ call: Call) throws -> Answer {
        _ = try call.requireCaller()
        // To a browser `docs/` is a folder in which links begin, and `docs` a page of the folder above.
        let folder = call.request.uri.path.hasSuffix("/") ? "" : "docs/"
        guard viewer != nil else { return .page(DocsPage.list(in: call.links.profile, folder: folder)) }
        let chosen = call.query[PublishedDocument.parameter].flatMap { PublishedDocument(rawValue: $0) }
        return .page(DocsPage.viewer(chosen ?? .ess, folder: folder), policy: DocsPage.viewerSecurityPolicy)
    }

    func file(_ call: Call) throws -> Answer {
        _ = try call.requireCaller()
        let header = call.request.headers
        guard let file = DocsFile(rawValue: call.path.name),
            let answer = viewer?.answer(file, acceptEncoding: header[.acceptEncoding], known: header[.ifNoneMatch])
        else { throw SchedulerError(5020, call.shownPath) }
        return answer
    }
}
