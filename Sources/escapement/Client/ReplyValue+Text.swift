import SchedulerAPI

extension ReplyValue {
    /// The value as one cell of a table.
    var cell: String {
        switch self {
        case .null: ""
        case .flag(let flag): String(flag)
        case .whole(let number): String(number)
        case .fraction(let number): String(number)
        case .text(let text): text
        case .list(let items): items.map(\.cell).joined(separator: ", ")
        case .object(let members):
            // Request parameters are the objects that occur most.
            members["name"].map { $0.cell + "=" + (members["value"]?.cell ?? "") }
                ?? members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.cell)" }.joined(separator: ", ")
        }
    }

    /// All members of an object, one a line, the given ones first; links are for programs.
    func listing(first names: [String]) -> String {
        guard case .object(let members) = self else { return "" }
        let known = names.filter { members[$0] != nil }
        let others = members.keys.filter { !names.contains($0) && $0 != "links" }.sorted()
        let rows = (known + others).map { name in [name, members[name]?.cell ?? ""] }
        return TextTable.render(header: nil, rows: rows)
    }
}

extension AnswerView {
    /// Members as cells of a table; empty where they are absent.
    func cells(_ names: [String]) -> [String] {
        names.map { name in json[name].map { ReplyValue($0).cell } ?? "" }
    }

    /// The same of one member.
    func cell(_ name: String) -> String { cells([name])[0] }

    /// All members, one a line, the given ones first.
    func listing(first names: [String]) -> String { ReplyValue(json).listing(first: names) }
}
