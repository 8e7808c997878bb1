package import SchedulerCore

/// The pages that the `type` of an error leads to: what a code means, how it comes about and what to do about it
/// (REST §2.3), and the list of them all.
package enum ErrorPage {
    /// Path of the list below the public base URL.
    package static let indexPath = "/errors"

    /// Path of a code's page below the public base URL: `/errors/ESS-01013`.
    package static func path(of code: ErrorCode) -> String { "\(indexPath)/\(code)" }

    /// The page about one code.
    ///
    /// - Parameters:
    ///   - name: `ESS-nnnnn`.
    ///   - publicURL: the configured base URL of this server.
    /// - Returns: nil if there is no such code.
    package static func html(for name: some StringProtocol, publicURL: String) -> String? {
        guard let entry = ErrorCatalogue.entry(named: name) else { return nil }
        let heading = "\(entry.code): \(entry.title)"
        return HTMLPage.html(
            title: heading,
            """
            <h1>\(HTMLPage.escaped(heading))</h1>
            <h2>Meaning</h2>
            <p>\(HTMLPage.escaped(entry.meaning))</p>
            <h2>Cause</h2>
            <p>\(HTMLPage.escaped(entry.cause))</p>
            <h2>What to do</h2>
            <p>\(HTMLPage.escaped(entry.remedy))</p>
            <h2>HTTP status</h2>
            <p>\(entry.status)</p>
            <p class="more"><a href="\(HTMLPage.escaped(url(indexPath, publicURL)))">All errors</a></p>
            """
        )
    }

    /// The list of all codes, each with its meaning and the way to its page.
    ///
    /// - Parameter publicURL: the configured base URL of this server.
    /// - Returns: the page.
    package static func indexHTML(publicURL: String) -> String {
        let chapters = ErrorChapter.all.map { chapter in
            let lines = chapter.entries.map { entry in
                "<dt><a href=\"\(HTMLPage.escaped(url(path(of: entry.code), publicURL)))\">\(entry.code)</a> "
                    + "\(entry.status)</dt><dd>\(HTMLPage.escaped(entry.meaning))</dd>"
            }
            return """
                <h2>\(HTMLPage.escaped(chapter.title))</h2>
                <dl>
                \(lines.joined(separator: "\n"))
                </dl>
                """
        }
        return HTMLPage.html(title: "Errors", "<h1>Errors</h1>\n" + chapters.joined(separator: "\n"))
    }

    private static func url(_ path: String, _ publicURL: String) -> String { PublicURL.trimmed(publicURL) + path }
}
