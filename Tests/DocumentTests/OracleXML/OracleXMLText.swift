import Documents
import SchedulerCore

/// Reads texts of Oracle's XML.
enum OracleXMLText {
    static let options = OracleXMLOptions(source: "f.xml", package: "/acme/gl")

    static func read(_ text: String, _ options: OracleXMLOptions = options) -> OracleXMLReading {
        OracleXMLReader.read(Array(text.utf8), options)
    }

    /// The only object of a text.
    static func object(_ text: String, _ options: OracleXMLOptions = options) throws -> MetadataContent {
        let contents = read(text, options).contents
        guard let content = contents.first, contents.count == 1 else {
            throw Unexpected(report: report(text, options))
        }
        return content
    }

    struct Unexpected: Error, CustomStringConvertible {
        let report: [String]

        var description: String { report.joined(separator: "\n") }
    }

    /// The report as `line item outcome reason`, without the lines that say which object something is.
    static func report(_ text: String, _ options: OracleXMLOptions = options) -> [String] {
        lines(read(text, options))
    }

    static func lines(_ reading: OracleXMLReading) -> [String] {
        reading.report.filter { !($0.outcome == .mapped && $0.reason.contains("://") && !$0.reason.contains(" eq ")) }
            .map { "\($0.line) \($0.item) \($0.outcome.rawValue) \($0.reason)" }
    }
}
