import SchedulerCore

extension AdministrationOperations {
    /// What is no JSON of an API: health, the pages about errors, and these documents.
    static let pages = APIGroup(
        "Server",
        "Health, errors and these documents.",
        [health, readiness, errors, error, document, essDocument]
    )

    /// Whether a path is that of a page, or of one of these documents.
    package static func isPage(_ path: String) -> Bool { pages.contains { $0.path == path } }

    private static let health = page("/healthz", "getHealth", "Whether the loops of this node turn", type: plain)
    private static let readiness = page("/readyz", "getReadiness", "Whether this node takes calls", type: plain)
    private static let errors = page(ErrorPage.indexPath, "listErrors", "All errors", type: ErrorPage.contentType)
    private static let error = page(
        ErrorPage.indexPath + "/{code}",
        "getError",
        "What an error means, and what to do",
        type: ErrorPage.contentType
    )
    .taking(.path("code", "As in errorCode.").example("ESS-01013"))
    .refusing(5020)

    private static let document = openAPI("openapi.json", "getAdministrationDocument", "This document")
    private static let essDocument = openAPI("openapi-ess.json", "getESSDocument", "The same of Oracle's API")

    private static let plain = "text/plain; charset=utf-8"

    private static func page(_ path: String, _ id: String, _ summary: String, type: String) -> APIOperation {
        APIOperation(
            .get,
            path,
            id,
            summary,
            answers: [APIAnswer(status: 200, about: "It is.", content: [(type: type, schema: .text)])]
        )
        .open(to: .anybody)
        .always()
    }

    private static func openAPI(_ name: String, _ id: String, _ summary: String) -> APIOperation {
        APIOperation(
            .get,
            "\(base)/\(name)",
            id,
            summary,
            answers: [
                .json(200, "OpenAPI 3.1.", .answer(["openapi": .text], required: ["openapi"]).open())
            ]
        )
    }
}
