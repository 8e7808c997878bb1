import SchedulerCore

extension AdministrationOperations {
    /// What is no JSON of an API: health, the pages about errors, and these documents.
    static let pages = APIGroup(
        "Server",
        "Health, errors and these documents.",
        [health, readiness, errors, error, document, essDocument, docs, docsFile]
    )

    private static let health = page("/healthz", "getHealth", "Whether the loops of this node turn", type: plain)
    private static let readiness = page("/readyz", "getReadiness", "Whether this node takes calls", type: plain)
    private static let errors = page(ErrorPage.indexPath, "listErrors", "All errors", type: HTMLPage.contentType)
    private static let error = page(
        ErrorPage.indexPath + "/{code}",
        "getError",
        "What an error means, and what to do",
        type: HTMLPage.contentType
    )
    .taking(.path("code", "As in errorCode.").example("ESS-01013"))
    .refusing(5020)

    private static let document = openAPI(.administration, "getAdministrationDocument", "This document")
    private static let essDocument = openAPI(.ess, "getESSDocument", "The same of Oracle's API")

    private static let docs = page(DocsPage.path, "getDocs", "These documents, for people", type: HTMLPage.contentType)
        .about("By a viewer, where one is installed; else a list of all operations.")
        .taking(.query(PublishedDocument.parameter, "Which one the viewer shows.", .oneOf(PublishedDocument.self)))
        .open(to: .credentials)

    private static let docsFile = APIOperation(
        .get,
        DocsPage.path + "/{file}",
        "getDocsFile",
        "What that page loads",
        answers: [
            APIAnswer(status: 200, about: "The file.", content: docsTypes.map { (type: $0, schema: .text) })
                .carrying("ETag", "Its version."),
            .empty(304, "As it is known."),
        ]
    )
    .about("There is none where no viewer is installed.")
    .taking(.path("file", "Its name.", .oneOf(DocsFile.self)), MetadataOperations.ifNoneMatch)
    .refusing(5020)
    .always()

    private static let docsTypes = Set(DocsFile.allCases.map(\.contentType)).sorted()

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

    private static func openAPI(_ document: PublishedDocument, _ id: String, _ summary: String) -> APIOperation {
        APIOperation(
            .get,
            "\(base)/\(document.fileName)",
            id,
            summary,
            answers: [
                .json(200, "OpenAPI 3.1.", .answer(["openapi": .text], required: ["openapi"]).open())
            ]
        )
    }
}
