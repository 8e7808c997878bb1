/// Reads Oracle's metadata, as its MDS repository, its archives and its request history hold it, as documents.
///
/// Names are compared without case, `-`, `_` and namespace. A file that is no well-formed XML, has a document type
/// declaration, or passes a limit gives one error and no object; an object with something wrong in it is left out.
package enum OracleXMLReader {
    /// Reads one file.
    package static func read(_ bytes: [UInt8], _ options: OracleXMLOptions) -> OracleXMLReading {
        let report = ImportReport(source: options.source)
        let importer = OracleXMLImporter(options: options, report: report)
        do throws(XMLRefusal) {
            let root = try XMLTreeBuilder.root(of: try XMLText.utf8(bytes))
            importer.read(root)
        } catch {
            report.add(.error, ImportPlace(line: error.line, path: ""), error.reason)
        }
        let reading = DocumentReader.Reading(
            documents: importer.documents,
            problems: [],
            unreadable: importer.unreadable
        )
        return OracleXMLReading(reading: reading, report: report.sortedItems)
    }
}
