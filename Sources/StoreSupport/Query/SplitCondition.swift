import SchedulerCore

/// A condition of a list that no one index serves, as two that have an index each and never hold of the same request.
///
/// A tree is its root, which requests of their own are, too, and what lies below: only that is in an index. Own are the
/// requests that somebody submitted, and the few that merely run as him.
struct SplitCondition {
    struct Half {
        let condition: SQLText
        /// Leads to the rows; nil where their number does.
        var index: String?
    }

    let halves: [Half]
    /// What else must hold, of the filter and of what the reader may see.
    let rest: [RequestFilter]

    /// Nil where an index serves the query as it stands, or none would.
    init?(_ query: RequestQuery, in dialect: SQLDialect) {
        guard query.ids == nil else { return nil }
        let wanted = query.filter?.conjuncts ?? []
        let visible = query.visibility?.conjuncts ?? []
        guard !wanted.contains(where: \.namesFew) else { return nil }
        let parts = wanted + visible
        for (index, part) in parts.enumerated() {
            guard let halves = Self.tree(part) ?? (index < wanted.count ? nil : Self.own(part, in: dialect)) else {
                continue
            }
            // Of a state that few are in at a time there are fewer than somebody may have submitted.
            if index >= wanted.count, wanted.contains(where: \.namesSubmitterOrMoment) { return nil }
            self.halves = halves
            rest = parts.enumerated().filter { $0.offset != index }.map(\.element)
            return
        }
        return nil
    }

    private static func tree(_ part: RequestFilter) -> [Half]? {
        guard case .comparison(let field, .equal, .integer(let number)) = part else { return nil }
        let value = SQLValue.integer(number)
        switch field {
        case .absParentRequestID:
            return [
                Half(condition: SQLText("(r.id = ? AND r.abs_parent_id = ?)", value, value)),
                Half(
                    condition: SQLText("(r.abs_parent_id = ? AND r.abs_parent_id <> r.id)", value),
                    index: "request_by_abs_parent"
                ),
            ]
        // 0 is all recurring parents.
        case .instanceParentID where number != 0:
            return [
                Half(condition: SQLText("(r.id = ? AND r.instance_parent_id = ?)", value, value)),
                Half(
                    condition: SQLText(
                        "(r.instance_parent_id = ? AND r.instance_parent_id <> r.id AND r.instance_parent_id <> 0)",
                        value
                    ),
                    index: "request_by_instance_parent"
                ),
            ]
        default: return nil
        }
    }

    private static func own(_ part: RequestFilter, in dialect: SQLDialect) -> [Half]? {
        guard case .or(let choices) = part, choices.count == 2,
            case .comparison(.submitter, .equal, .text(let submitter)) = choices[0],
            case .comparison(.runAsUser, .equal, .text(let user)) = choices[1], submitter == user
        else { return nil }
        let compiler = FilterCompiler(dialect: dialect)
        let runAs = compiler.condition(choices[1]).wrapped("(", " AND r.run_as_user <> r.submitter)")
        return [
            Half(condition: compiler.condition(choices[0]), index: "request_by_submitter"),
            Half(condition: runAs, index: "request_by_run_as"),
        ]
    }
}

extension RequestFilter {
    /// What must all hold.
    fileprivate var conjuncts: [RequestFilter] {
        if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
    }

    /// Whether an index leads to the very few requests of which it holds.
    fileprivate var namesFew: Bool {
        switch self {
        case .comparison(.requestID, .equal, _), .comparison(.parentRequestID, .equal, _): true
        default: false
        }
    }

    /// Whether it holds of one submitter's requests, or of those in a state through which requests only pass.
    fileprivate var namesSubmitterOrMoment: Bool {
        switch self {
        case .comparison(.submitter, .equal, _): true
        case .comparison(.state, .equal, .text(let name)):
            RequestState(rawValue: name).map { !$0.isTerminal && $0 != .wait } ?? false
        default: false
        }
    }
}
