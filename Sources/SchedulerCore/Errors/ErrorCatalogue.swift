/// The one table of all ESS codes: those of the API (REST §8), of the runtime alone (runtime §2.1) and of the
/// administration (administration §3).
///
/// ESS-00003, 00005 and 00006 keep their documented meaning and are never answers, hence not here.
package enum ErrorCatalogue {
    /// All entries, ascending by code.
    package static let all: [ErrorCatalogueEntry] = [
        system, requestActions, requestConflicts, access, metadata, schedules, input, queries, protocols,
        administration,
    ].flatMap { $0 }.sorted { $0.code.number < $1.code.number }

    /// The entry of a code; nil for a number that names no error.
    package static func entry(for code: ErrorCode) -> ErrorCatalogueEntry? { byCode[code] }

    /// The entry of `ESS-nnnnn`, exactly so written; nil for anything else.
    package static func entry(named name: some StringProtocol) -> ErrorCatalogueEntry? {
        guard name.hasPrefix("ESS-"), let number = Int(name.dropFirst(4)), let entry = byCode[ErrorCode(number)],
            entry.code.description == name
        else { return nil }
        return entry
    }

    private static let byCode: [ErrorCode: ErrorCatalogueEntry] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.code, $0) }
    )
}
