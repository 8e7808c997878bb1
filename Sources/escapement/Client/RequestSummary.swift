/// The few members of request details that lists and results show.
struct RequestSummary: Sendable {
    static let fields = ["requestId", "state", "jobDefinitionId", "submitter", "submissionTime", "completedTime"]
    static let header = ["REQUEST", "STATE", "DEFINITION", "SUBMITTER", "SUBMITTED", "COMPLETED"]

    let details: ReplyValue

    var row: [String] { Self.fields.map { name in details[name].map(Self.cell) ?? "" } }

    /// All members, one a line; links are for programs.
    static func full(_ details: ReplyValue) -> String {
        guard case .object(let members) = details else { return "" }
        let known = fields.filter { members[$0] != nil }
        let others = members.keys.filter { !fields.contains($0) && $0 != "links" }.sorted()
        let rows = (known + others).map { name in [name, cell(members[name] ?? .null)] }
        return TextTable.render(header: nil, rows: rows)
    }

    static func cell(_ value: ReplyValue) -> String {
        switch value {
        case .null: ""
        case .flag(let flag): String(flag)
        case .whole(let number): String(number)
        case .fraction(let number): String(number)
        case .text(let text): text
        case .list(let items): items.map(cell).joined(separator: ", ")
        case .object(let members):
            // Request parameters are the objects that occur most.
            members["name"].map { cell($0) + "=" + (members["value"].map(cell) ?? "") }
                ?? members.sorted { $0.key < $1.key }.map { "\($0.key): \(cell($0.value))" }.joined(separator: ", ")
        }
    }
}
