/// The figures of one measurement: rows that share their columns.
struct Section: Codable {
    struct Row: Codable {
        let name: String
        let figures: [Figure]
    }

    let title: String
    /// How it was measured, and what a figure contains.
    let notes: [String]
    let rows: [Row]

    /// For people, in columns.
    var table: String {
        let header = [""] + (rows.first?.figures.map(\.name) ?? [])
        let lines = [header] + rows.map { [$0.name] + $0.figures.map(\.text) }
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        let text = lines.map { line in
            zip(line, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }
            .joined(separator: "  ")
        }
        return ([title] + text.map { "  " + $0 } + notes.map { "  " + $0 }).joined(separator: "\n")
    }
}
