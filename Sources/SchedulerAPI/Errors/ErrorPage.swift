package import SchedulerCore

/// The pages that the `type` of an error leads to: what a code means, how it comes about and what to do about it
/// (REST §2.3), and the list of them all.
package enum ErrorPage {
    package static let contentType = "text/html; charset=utf-8"

    /// The pages need nothing but their own style; no script, no form, no frame.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

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
        return page(
            title: heading,
            """
            <h1>\(escaped(heading))</h1>
            <h2>Meaning</h2>
            <p>\(escaped(entry.meaning))</p>
            <h2>Cause</h2>
            <p>\(escaped(entry.cause))</p>
            <h2>What to do</h2>
            <p>\(escaped(entry.remedy))</p>
            <h2>HTTP status</h2>
            <p>\(entry.status)</p>
            <p class="more"><a href="\(escaped(url(indexPath, publicURL)))">All errors</a></p>
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
                "<dt><a href=\"\(escaped(url(path(of: entry.code), publicURL)))\">\(entry.code)</a> "
                    + "\(entry.status)</dt><dd>\(escaped(entry.meaning))</dd>"
            }
            return """
                <h2>\(escaped(chapter.title))</h2>
                <dl>
                \(lines.joined(separator: "\n"))
                </dl>
                """
        }
        return page(title: "Errors", "<h1>Errors</h1>\n" + chapters.joined(separator: "\n"))
    }

    private static func url(_ path: String, _ publicURL: String) -> String { PublicURL.trimmed(publicURL) + path }

    private static func page(title: String, _ content: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(title))</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 0 auto; padding: 2rem 1.25rem; }
        h1 { font-size: 1.5rem; line-height: 1.3; }
        h2 { font-size: 1rem; margin: 1.5rem 0 0; }
        p, dl, dd { margin: .25rem 0 0; overflow-wrap: anywhere; }
        dt, .more { margin-top: 1rem; }
        </style>
        </head>
        <body>
        <main>
        \(content)
        </main>
        </body>
        </html>

        """
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
