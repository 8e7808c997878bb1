import SchedulerAPI

/// What documents change, as a plan or an application of it answers.
struct PlanSummary {
    let plan: PlanView

    /// Items that change something.
    var changes: [PlanView.Item] { plan.items.filter { $0.action != .none } }

    /// Numbers of objects by what becomes of them.
    func counts(_ words: [(action: PlanView.Action, word: String)]) -> String {
        words.map { action, word in "\(plan.count(of: action)) \(word)" }.joined(separator: ", ")
    }

    /// One line for each object that changes: what is done, and the object.
    var words: [String] { changes.map { "\($0.action) \($0.id)" } }

    /// The same with versions, and every difference on a line below.
    var lines: [String] {
        changes.flatMap { item -> [String] in
            let base = item.baseVersion
            var versions = base > 0 ? "version \(base)" : ""
            if let version = item.version, version > 0 {
                versions = base > 0 ? "version \(base) -> \(version)" : "version \(version)"
            }
            let head = "\(item.action) \(item.id)"
            return [versions.isEmpty ? head : "\(head)  (\(versions))"] + item.differences.map(Self.line)
        }
    }

    private static func line(_ difference: PlanView.Difference) -> String {
        let path = difference.path
        switch (difference.from.map(value), difference.to.map(value)) {
        case (nil, let to?): return "  + \(path): \(to)"
        case (let from?, nil): return "  - \(path): \(from)"
        case (let from, let to): return "  ~ \(path): \(from ?? "") -> \(to ?? "")"
        }
    }

    private static func value(_ json: JSONValue) -> String {
        let value = ReplyValue(json)
        return (try? value.json()).map { String(decoding: $0, as: UTF8.self) } ?? value.cell
    }
}

extension ErrorPlace {
    /// The place and what is wrong there, or worth knowing.
    var words: String {
        let position = [file ?? "", line.map { "\($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: ":")
        return [position, path, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
