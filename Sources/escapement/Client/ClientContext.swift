import Yams

/// Where to call and how to sign in, as kept under a name in `~/.config/escapement/cli.yaml` (administration §7):
///
/// ```yaml
/// current: production
/// contexts:
///   production: {url: "https://sched.example.org", user: anna, passwordFile: /etc/sched/anna, caFile: /etc/ca.pem}
/// ```
struct ClientContext: Equatable, Sendable {
    var url: String?
    var user: String?
    var passwordFile: String?
    var tokenFile: String?
    var caFile: String?

    private static let members: [String: any WritableKeyPath<ClientContext, String?> & Sendable] = [
        "url": \.url, "user": \.user, "passwordFile": \.passwordFile, "tokenFile": \.tokenFile, "caFile": \.caFile,
    ]

    /// The context of that name, else the file's current one, else an empty one.
    ///
    /// - Parameters:
    ///   - name: of `--context`.
    ///   - surroundings: `HOME` or `XDG_CONFIG_HOME` say where the file is; it must be its owner's alone.
    /// - Returns: what the context holds.
    /// - Throws: `ClientFailure` with exit 78 for a file that is not as it must be, with exit 2 for an unknown name.
    static func load(_ name: String?, _ surroundings: ClientSurroundings) throws(ClientFailure) -> ClientContext {
        guard let path = path(surroundings.environment) else {
            guard name == nil else { throw ClientFailure(exit: .usage, message: "--context needs HOME to be set") }
            return ClientContext()
        }
        let bytes: [UInt8]
        do throws(SmallFileError) {
            bytes = try surroundings.readPrivateFile(path)
        } catch {
            if error.isMissing, name == nil { return ClientContext() }
            let isOpen = error == .readableByOthers
            let reason = isOpen ? "may be read by others: chmod 600 \(path)" : "cannot be read: \(error)"
            throw ClientFailure(exit: .configuration, message: "\(path) \(reason)")
        }
        return try parse(bytes, path: path, name: name)
    }

    private static func path(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") { return "\(base)/escapement/cli.yaml" }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return "\(home)/.config/escapement/cli.yaml"
    }

    private static func parse(_ bytes: [UInt8], path: String, name: String?) throws(ClientFailure) -> ClientContext {
        func fault(_ problem: String) -> ClientFailure {
            ClientFailure(exit: .configuration, message: "\(path) \(problem)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("is not UTF-8") }
        // The library's own error would quote the file.
        guard let root = try? Parser(yaml: text, encoding: .utf8).singleRoot(), let top = root.mapping else {
            throw fault("is no YAML mapping with the member contexts")
        }
        for (key, _) in top where !["current", "contexts"].contains(key.scalar?.string) {
            throw fault("has the unknown member \(key.scalar?.string ?? "?")")
        }
        guard let wanted = name ?? top["current"]?.scalar?.string else { return ClientContext() }
        guard let entry = top["contexts"]?.mapping?[Node(wanted)]?.mapping else {
            let problem = "has no context \(wanted)"
            throw name == nil ? fault(problem) : ClientFailure(exit: .usage, message: "--context: \(path) \(problem)")
        }
        var context = ClientContext()
        for (key, value) in entry {
            guard let member = key.scalar?.string, let place = members[member], let text = value.scalar?.string else {
                let known = members.keys.sorted().joined(separator: ", ")
                throw fault("context \(wanted): \(key.scalar?.string ?? "?") is none of \(known)")
            }
            context[keyPath: place] = text
        }
        return context
    }
}
