/// The page that shows the OpenAPI documents to people (administration §6.4): by a viewer where one is installed, else
/// as a plain list of their operations.
///
/// Its links are relative: it works under any name of the server, and behind whatever stands before it.
package enum DocsPage {
    /// Below the public base URL.
    package static let path = "/api/v1/docs"

    /// For the page with the viewer: its files and its calls are this server's, its images are written into its style.
    package static let viewerSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static let title = "Escapement: REST API"

    /// The page that starts the viewer.
    ///
    /// - Parameters:
    ///   - chosen: what it shows.
    ///   - folder: the way from the page to its files, with the slash at its end; empty if they lie beside it.
    /// - Returns: the page; it loads `DocsFile`s.
    package static func viewer(_ chosen: PublishedDocument, folder: String) -> String {
        let choices = PublishedDocument.allCases.map { document in
            let mark = document == chosen ? #" aria-current="page""# : ""
            return #"<a href="?\#(PublishedDocument.parameter)=\#(document.rawValue)"\#(mark)>\#(document.name)</a>"#
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLPage.escaped(title))</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="\(folder)\(DocsFile.viewerStyle.rawValue)">
            <link rel="stylesheet" href="\(folder)\(DocsFile.style.rawValue)">
            </head>
            <body>
            <nav>
            <strong>\(HTMLPage.escaped(title))</strong>
            \(choices.joined(separator: "\n"))
            </nav>
            <main id="viewer" data-document="../\(chosen.fileName)">
            <p>The viewer needs JavaScript, <a href="\(folder)../\(chosen.fileName)">the document</a> does not.</p>
            </main>
            <script src="\(folder)\(DocsFile.viewer.rawValue)"></script>
            <script src="\(folder)\(DocsFile.script.rawValue)"></script>
            </body>
            </html>

            """
    }

    /// The operations of all documents, for a server without the viewer.
    ///
    /// - Parameters:
    ///   - profile: the server's.
    ///   - folder: as above.
    /// - Returns: the page; it loads nothing.
    package static func list(in profile: CompatibilityProfile, folder: String) -> String {
        let sections = PublishedDocument.allCases.map { document in
            section(document.document(in: profile), link: "\(folder)../\(document.fileName)")
        }
        return HTMLPage.html(
            title: title,
            style: style,
            """
            <h1>\(HTMLPage.escaped(title))</h1>
            <p>A list, because the viewer, which shows every member and makes calls, is not installed.
            <code>scripts/docs-viewer.sh FOLDER</code> installs it, <code>http.docsViewerDir</code> names the folder to
            the server.</p>
            \(sections.joined(separator: "\n"))
            """
        )
    }

    private static func section(_ document: APIDocument, link: String) -> String {
        let groups = document.groups.map { group in
            let rows = group.operations.map { operation in
                let method = operation.method.rawValue.uppercased()
                return "<dt><code><b>\(method)</b> \(HTMLPage.escaped(operation.path))</code></dt>"
                    + "<dd>\(HTMLPage.prose(operation.summary))</dd>"
            }
            return """
                <h3>\(HTMLPage.escaped(group.name))</h3>
                <p>\(HTMLPage.prose(group.about))</p>
                <dl>
                \(rows.joined(separator: "\n"))
                </dl>
                """
        }
        return """
            <h2>\(HTMLPage.escaped(document.title))</h2>
            <p>\(HTMLPage.prose(document.about))</p>
            <p><a href="\(link)">The OpenAPI document</a></p>
            \(groups.joined(separator: "\n"))
            """
    }

    private static let style = """
        body { max-width: 48rem; }
        h2 { font-size: 1.25rem; margin-top: 2.5rem; }
        h3 { font-size: 1rem; margin: 1.5rem 0 0; }
        dt { margin-top: .5rem; }
        dd { margin: 0 0 0 1.5rem; }

        """
}
