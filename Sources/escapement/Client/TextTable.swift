/// Plain tables for people: columns aligned by blanks, no lines drawn, long values not cut.
enum TextTable {
    static func render(header: [String]?, rows: [[String]]) -> String {
        let lines = (header.map { [$0] } ?? []) + rows.map { row in row.map(TerminalText.line) }
        var widths: [Int] = []
        for line in lines {
            for (column, cell) in line.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return lines.map { line in
            // Empty cells at the end leave no blanks.
            let filled = line.prefix((line.lastIndex { !$0.isEmpty } ?? -1) + 1)
            let cells = filled.enumerated().map { column, cell in
                let isLast = column == filled.count - 1
                return isLast ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
