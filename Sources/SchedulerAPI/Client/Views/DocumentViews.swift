import SchedulerCore

/// What documents hold that are right (administration §3).
package struct ValidationView: AnswerView {
    package let json: JSONValue
    /// Objects.
    package let count: Int

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        count = try json.needed("count", json.count)
    }

    package var warnings: [ErrorPlace] { json.list("warnings").map(ErrorPlace.init(answer:)) }
}

/// What documents would change, or have changed (administration §3).
package struct PlanView: AnswerView {
    package let json: JSONValue
    package let items: [Item]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        items = try json.views("items")
    }

    package var hasChanges: Bool { json.flag("hasChanges") == true }
    package var warnings: [ErrorPlace] { json.list("warnings").map(ErrorPlace.init(answer:)) }
    /// Versions that the objects were found at, by id.
    package var baseVersions: [String: Int] {
        guard let versions = json["baseVersions"] else { return [:] }
        return versions.members.reduce(into: [:]) { found, member in
            found[member.name] = member.value.scalarText.flatMap { Int($0) }
        }
    }

    /// How many objects an action is for.
    package func count(of action: Action) -> Int { json["summary"]?.count(action.rawValue) ?? 0 }

    package enum Action: String, CaseIterable, Sendable {
        case create, update, delete, none
    }

    package struct Item: AnswerView {
        package let json: JSONValue
        package let id: String
        package let action: Action

        package init(_ json: JSONValue) throws(ClientError) {
            self.json = json
            id = try json.needed("id", json.text)
            action = try json.needed("action", json.named)
        }

        /// 0 of an object that was not there.
        package var baseVersion: Int { json.count("baseVersion") ?? 0 }
        /// After apply.
        package var version: Int? { json.count("version") }
        package var differences: [Difference] {
            json.list("diff").map { difference in
                Difference(path: difference.text("path") ?? "", from: difference["from"], to: difference["to"])
            }
        }
    }

    /// A place of a document; nil where there is or was nothing.
    package struct Difference: Sendable {
        /// JSON pointer (RFC 6901).
        package let path: String
        package let from: JSONValue?
        package let to: JSONValue?
    }
}

/// What became of Oracle's XML.
package struct ImportView: AnswerView {
    package let json: JSONValue
    package let report: [ReportItem]
    /// Where it was stored.
    package let result: PlanView?

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        report = try json.views("report")
        var result: PlanView?
        if let plan = json["result"] { result = try PlanView(plan) }
        self.result = result
    }

    /// The objects as documents.
    package var documents: [JSONValue] { json.list("documents") }

    /// What became of one part.
    package struct ReportItem: AnswerView {
        package let json: JSONValue

        package init(_ json: JSONValue) { self.json = json }

        /// `mapped`, `changed`, `ignored` or `error`.
        package var outcome: String? { json.text("outcome") }
        package var source: String? { json.text("source") }
        /// From 1.
        package var line: Int? { json.count("line") }
        package var item: String? { json.text("item") }
        package var reason: String? { json.text("reason") }
    }
}

extension ErrorPlace {
    /// One as an answer shows it.
    init(answer json: JSONValue) {
        self.init(
            file: json.text("file"),
            line: json.count("line"),
            path: json.text("path") ?? "",
            message: json.text("message") ?? ""
        )
    }
}
