/// Gathers the report of one file.
final class ImportReport {
    private var items: [ImportItem] = []
    /// How many errors were reported, whether or not their lines found room.
    private(set) var errorCount = 0
    private let source: String

    init(source: String) { self.source = source }

    func add(_ outcome: ImportItem.Outcome, _ place: ImportPlace, _ reason: String) {
        if outcome == .error { errorCount += 1 }
        if items.count < OracleXMLLimits.reportLinesMax {
            items.append(item(outcome, place, reason))
        } else if items.count == OracleXMLLimits.reportLinesMax {
            let reason = "more than \(OracleXMLLimits.reportLinesMax) lines; the rest is not shown"
            items.append(item(.error, ImportPlace(line: place.line, path: ""), reason))
        }
    }

    /// By line; those of one line in the order in which they were found.
    var sortedItems: [ImportItem] {
        items.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    }

    private func item(_ outcome: ImportItem.Outcome, _ place: ImportPlace, _ reason: String) -> ImportItem {
        ImportItem(source: source, line: place.line, item: place.path, outcome: outcome, reason: reason)
    }

    /// A text as reasons quote it.
    static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(OracleXMLLimits.quotedScalarsMax)
        return shown.endIndex == text.unicodeScalars.endIndex ? text : String(shown) + "…"
    }
}

/// Where in a file something stands.
struct ImportPlace: Hashable {
    let line: Int
    /// As `ImportItem.item`.
    let path: String

    func appending(_ step: String) -> ImportPlace {
        ImportPlace(line: line, path: path + "/" + ImportReport.quoted(step))
    }
}
