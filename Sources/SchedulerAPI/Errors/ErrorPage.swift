package import SchedulerCore

/// The page that the `type` of an error leads to: what a code means and what to do about it (REST §2.3).
package enum ErrorPage {
    package static let contentType = "text/html; charset=utf-8"

    /// The page needs nothing but its own style; no script, no form, no frame.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// Path of a code's page below the public base URL: `/errors/ESS-01013`.
    package static func path(of code: ErrorCode) -> String { "/errors/\(code)" }

    /// The page of `ESS-nnnnn`; nil if there is no such code.
    package static func html(for name: some StringProtocol) -> String? {
        ErrorCatalogue.entry(named: name).map(html)
    }

    private static func html(_ entry: ErrorCatalogueEntry) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(entry.code): \(escaped(entry.title))</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 0 auto; padding: 2rem 1.25rem; }
        h1 { font-size: 1.5rem; line-height: 1.3; }
        h2 { font-size: 1rem; margin: 1.5rem 0 0; }
        p { margin: .25rem 0 0; overflow-wrap: anywhere; }
        </style>
        </head>
        <body>
        <main>
        <h1>\(entry.code): \(escaped(entry.title))</h1>
        <h2>Meaning</h2>
        <p>\(escaped(entry.meaning))</p>
        <h2>What to do</h2>
        <p>\(escaped(entry.remedy))</p>
        <h2>HTTP status</h2>
        <p>\(entry.status)</p>
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
