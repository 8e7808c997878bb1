package import SchedulerCore

/// What one file of Oracle's gave (administration §3).
package struct OracleXMLReading {
    /// The objects, ready for `DocumentSet.checked`, which finds what is missing with the lines of the file. Problems
    /// are none: those stand in the report.
    package let reading: DocumentReader.Reading
    /// By line.
    package let report: [ImportItem]

    package var documents: [ReadDocument] { reading.documents }
    package var contents: [MetadataContent] { reading.documents.map(\.content) }
    /// Whether something was left out that nobody asked to leave out.
    package var hasErrors: Bool { report.contains { $0.outcome == .error } }

    /// Why nothing of the file was read; nil where something could be.
    package var refusalOfFile: DocumentProblem? {
        guard report.count == 1, let item = report.first, item.outcome == .error, item.item.isEmpty else { return nil }
        return DocumentProblem(file: item.source, path: "", line: item.line, message: item.reason)
    }

    /// The reading in which objects that were left out do not exist, so that no object may name them.
    package var withoutLeftOut: DocumentReader.Reading {
        DocumentReader.Reading(documents: reading.documents, problems: reading.problems, unreadable: [])
    }
}
