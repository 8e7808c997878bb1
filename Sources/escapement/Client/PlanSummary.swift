/// What documents change, as a plan or an application of it answers.
struct PlanSummary {
    let reply: ReplyValue

    private var items: [ReplyValue] { reply["items"]?.list ?? [] }

    /// Items that change something.
    var changes: [ReplyValue] { items.filter { $0["action"]?.text != "none" } }

    var hasChanges: Bool { reply["hasChanges"] == .flag(true) }

    var baseVersions: ReplyValue? { reply["baseVersions"] }

    var warnings: [String] { (reply["warnings"]?.list ?? []).map { ErrorLine($0).text } }

    /// Numbers of objects by what becomes of them.
    func counts(_ words: [(action: String, word: String)]) -> String {
        words.map { action, word in "\(reply["summary"]?[action]?.whole ?? 0) \(word)" }.joined(separator: ", ")
    }

    /// One line for each object that changes: what is done, and the object.
    var words: [String] {
        changes.map { "\($0["action"]?.text ?? "") \($0["id"]?.text ?? "")" }
    }

    /// The same with versions, and every difference on a line below.
    var lines: [String] {
        changes.flatMap { item -> [String] in
            let base = item["baseVersion"]?.whole ?? 0
            let version = item["version"]?.whole
            var versions = base > 0 ? "version \(base)" : ""
            if let version, version > 0 { versions = base > 0 ? "version \(base) -> \(version)" : "version \(version)" }
            let head = "\(item["action"]?.text ?? "") \(item["id"]?.text ?? "")"
            return [versions.isEmpty ? head : "\(head)  (\(versions))"]
                + (item["diff"]?.list ?? []).map(Self.difference)
        }
    }

    private static func difference(_ difference: ReplyValue) -> String {
        let path = difference["path"]?.text ?? ""
        switch (difference["from"].map(value), difference["to"].map(value)) {
        case (nil, let to?): return "  + \(path): \(to)"
        case (let from?, nil): return "  - \(path): \(from)"
        case (let from, let to): return "  ~ \(path): \(from ?? "") -> \(to ?? "")"
        }
    }

    private static func value(_ value: ReplyValue) -> String {
        (try? value.json()).map { String(decoding: $0, as: UTF8.self) } ?? value.cell
    }
}

/// One of the places that an answer says are to be mended, or worth knowing.
struct ErrorLine {
    let text: String

    init(_ place: ReplyValue) {
        let file = place["file"]?.text ?? ""
        let line = place["line"]?.whole.map { "\($0)" } ?? ""
        let position = [file, line].filter { !$0.isEmpty }.joined(separator: ":")
        text = [position, place["path"]?.text ?? "", place["message"]?.text ?? ""]
            .filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
