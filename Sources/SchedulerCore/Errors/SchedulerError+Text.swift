extension SchedulerError: CustomStringConvertible {
    /// HTTP status of the answer; 500 for a code that the catalogue does not know.
    package var status: Int { entry?.status ?? 500 }

    /// Kind of error, for people (REST §2.3).
    package var title: String { entry?.title ?? "Scheduling sub-system error" }

    /// The message with its values: `Request 300012 is CANCELLING; forceCancel is allowed from … on.`
    package var message: String { entry?.message(arguments) ?? "Unknown error." }

    /// Code and message: `ESS-01015: Request … .`, the member `detail` of an error answer (REST §2.3).
    package var detail: String { "\(code): \(message)" }

    package var description: String { detail }

    /// Whether the error carries exactly the arguments that its template wants.
    package var isComplete: Bool { entry?.argumentNames.count == arguments.count }

    private var entry: ErrorCatalogueEntry? { ErrorCatalogue.entry(for: code) }
}
