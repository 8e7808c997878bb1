/// What the page of the OpenAPI documents loads; nothing else is served below it.
package enum DocsFile: String, CaseIterable, Sendable {
    /// Swagger UI, which shows a document and makes its calls.
    case viewer = "swagger-ui-bundle.js"
    case viewerStyle = "swagger-ui.css"
    case license = "LICENSE"
    /// Starts the viewer.
    case script = "docs.js"
    /// What the page has around the viewer.
    case style = "docs.css"

    /// What somebody else has made, and no part of this server: files of a folder that is installed beside it.
    package static let installed: [DocsFile] = [.viewer, .viewerStyle, .license]

    package var contentType: String {
        switch self {
        case .viewer, .script: "text/javascript; charset=utf-8"
        case .viewerStyle, .style: "text/css; charset=utf-8"
        case .license: "text/plain; charset=utf-8"
        }
    }

    /// The text of what is part of this server; nil for what is installed.
    package var text: String? {
        switch self {
        case .viewer, .viewerStyle, .license: nil
        case .script: Self.scriptText
        case .style: Self.styleText
        }
    }

    /// Finds everything from where it lies itself, so it does not matter what stands before the server, and makes calls
    /// to where the page came from, which is all that the page may call, whatever public URL the document names.
    private static let scriptText = """
        "use strict";
        (() => {
            const here = document.currentScript.src;
            const place = document.getElementById("viewer");
            const at = (path) => Object.assign(new URL(path, here), { username: "", password: "" }).href;
            const source = at(place.dataset.document);
            const server = at("../../..").replace(/\\/$/, "");
            const isDark = matchMedia("(prefers-color-scheme: dark)");
            const paint = () => document.documentElement.classList.toggle("dark-mode", isDark.matches);
            isDark.addEventListener("change", paint);
            paint();
            SwaggerUIBundle({
                domNode: place,
                url: source,
                deepLinking: true,
                defaultModelsExpandDepth: 0,
                displayRequestDuration: true,
                validatorUrl: null,
                responseInterceptor: (response) => {
                    if (response.url === source && response.ok) {
                        const api = JSON.parse(response.text);
                        api.servers = [{ url: server }];
                        response.text = JSON.stringify(api);
                    }
                    return response;
                },
            });
        })();

        """

    private static let styleText = """
        :root { color-scheme: light dark; }
        body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; }
        nav, #viewer > p { max-width: 1460px; margin: 0 auto; padding: 1rem 20px 0; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
        nav strong { margin-right: auto; }
        nav a { color: inherit; }
        nav a[aria-current] { font-weight: bold; text-decoration: none; }

        """
}
