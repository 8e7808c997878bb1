package import SchedulerCore

/// Filters, orders and pages at random, over values that requests have and values that none has.
package struct RandomFilters {
    /// Requests from which values are taken, so that comparisons hit.
    package var population: [JobRequest] = []

    package init() {}

    package func query(_ random: inout SeededRandom) -> RequestQuery {
        var query = RequestQuery(limit: Int.random(in: 1...40, using: &random))
        if random.percent(70) { query.filter = filter(&random, depth: 3) }
        if random.percent(30) { query.visibility = filter(&random, depth: 1) }
        if random.percent(15) {
            query.ids = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                random.pick(population)?.id ?? RequestID(Int64.random(in: -1...50, using: &random))
            }
        }
        if random.percent(60) {
            let field = random.pick(RequestField.allCases) ?? .requestID
            query.order = RequestSortOrder(field, random.percent(50) ? .ascending : .descending)
        }
        if random.percent(40) { query.offset = Int.random(in: 0...10, using: &random) }
        query.includesParameters = random.percent(30)
        return query
    }

    package func filter(_ random: inout SeededRandom, depth: Int) -> RequestFilter {
        guard depth > 0, random.percent(60) else { return leaf(&random) }
        let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in filter(&random, depth: depth - 1) }
        return switch Int.random(in: 0..<3, using: &random) {
        case 0: .and(parts)
        case 1: .or(parts)
        default: .not(filter(&random, depth: depth - 1))
        }
    }

    private func leaf(_ random: inout SeededRandom) -> RequestFilter {
        let field = random.pick(RequestField.allCases) ?? .state
        if random.percent(15) { return .present(field) }
        // Now and then an operator that the grammar does not allow for the field: stores must not trust it.
        let operators = random.percent(90) ? Array(field.operators).sorted { $0.rawValue < $1.rawValue } : nil
        let comparison = random.pick(operators ?? FilterOperator.allCases) ?? .equal
        return .comparison(field, comparison, value(&random, of: field))
    }

    private func value(_ random: inout SeededRandom, of field: RequestField) -> FilterValue {
        if random.percent(4) { return random.pick([.integer(1), .boolean(true), .text("1")]) ?? .integer(0) }
        guard random.percent(75), let actual = random.pick(population)?.value(of: field) else {
            return made(&random, for: field.type)
        }
        switch actual {
        case .integer(let number): return .integer(number &+ Int64.random(in: -1...1, using: &random))
        case .dateTime(let instant):
            return .dateTime(instant + .milliseconds(Int64.random(in: -1...1, using: &random)))
        case .text(let text): return .text(part(&random, of: text))
        case .boolean: return actual
        }
    }

    private func made(_ random: inout SeededRandom, for type: FilterFieldType) -> FilterValue {
        switch type {
        case .int64, .int: .integer(random.pick([0, 1, -1, 4, 9, .min, .max]) ?? 0)
        case .dateTime: .dateTime(Timestamp(milliseconds: random.pick([.min, 0, 1_900_000_000_000, .max]) ?? 0))
        case .string, .metadataID: .text(random.pick(["", "a", "%", "_", "'", "é", "e\u{301}", "zz"]) ?? "")
        case .enumeration(let names): .text(random.pick(names + ["NONE", ""]) ?? "")
        case .boolean: .boolean(random.percent(50))
        }
    }

    /// The text, or a piece of it cut between code points.
    private func part(_ random: inout SeededRandom, of text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        // No filter holds NUL: the parser refuses it.
        guard random.percent(50), !scalars.isEmpty else { return text.utf8.contains(0) ? "nul" : text }
        let start = Int.random(in: 0..<scalars.count, using: &random)
        let end = Int.random(in: start...min(scalars.count, start + 8), using: &random)
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: scalars[start..<end].filter { $0.value != 0 })
        return String(piece)
    }
}
