import SchedulerCore

/// Turns filters into conditions on the row `r` of `request`, with the meaning that `FilterEvaluator` gives them.
///
/// The language has two truth values, SQL three. Negations are therefore pushed down to the comparisons, where each
/// says itself what an absent value means; above them are only AND and OR, which take NULL for false.
struct FilterCompiler {
    let dialect: SQLDialect

    func condition(_ filter: RequestFilter, negated: Bool = false) -> SQLText {
        switch filter {
        case .comparison(let field, let comparison, let value):
            FieldComparison(field, comparison, value, negated: negated, in: dialect).condition
        case .present(let field):
            presence(FieldSource(field, in: dialect), negated: negated)
        case .and(let parts):
            joined(parts, by: negated ? "OR" : "AND", negated: negated, empty: negated ? .never : .always)
        case .or(let parts):
            joined(parts, by: negated ? "AND" : "OR", negated: negated, empty: negated ? .always : .never)
        case .not(let inner):
            condition(inner, negated: !negated)
        }
    }

    private func joined(_ parts: [RequestFilter], by word: String, negated: Bool, empty: SQLText) -> SQLText {
        .joined(parts.map { condition($0, negated: negated) }, by: word, empty: empty)
    }

    private func presence(_ source: FieldSource, negated: Bool) -> SQLText {
        guard !source.isAlwaysAbsent else { return .constant(negated) }
        guard let optional = source.optionalSQL else { return .constant(!negated) }
        return SQLText("\(optional) IS \(negated ? "" : "NOT ")NULL")
    }
}
