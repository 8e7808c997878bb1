/// Pages that this server writes itself: text in a style of their own, readable without a script, light and dark.
package enum HTMLPage {
    package static let contentType = "text/html; charset=utf-8"

    /// The pages need nothing but their own style; no script, no form, no frame.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// A page.
    ///
    /// - Parameters:
    ///   - title: plain text.
    ///   - style: rules beside those of all pages.
    ///   - content: HTML.
    /// - Returns: the document.
    static func html(title: String, style: String = "", _ content: String) -> String {
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
        \(style)</style>
        </head>
        <body>
        <main>
        \(content)
        </main>
        </body>
        </html>

        """
    }

    /// Text as HTML shows it, in elements and in attributes.
    static func escaped(_ text: some StringProtocol) -> String {
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

    /// Text in which code stands between backticks.
    package static func prose(_ text: String) -> String {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? escaped($0.element) : "<code>\(escaped($0.element))</code>" }
            .joined()
    }
}
