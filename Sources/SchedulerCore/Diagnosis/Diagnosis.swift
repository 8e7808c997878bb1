/// Why a request waits (runtime §10, I62). One that has ended waits for nothing: it has no reason and no code.
package struct Diagnosis: Hashable, Sendable {
    package let request: JobRequest
    /// All reasons that hold, in the order of their codes; empty for a terminal request, and only for such.
    package let reasons: [DiagnosticReason]
    /// Since when the first reason has held, as far as the request tells.
    package let since: Timestamp
    /// When it starts, where time alone decides that; nil = not known, or it has started.
    package let estimatedStart: Timestamp?
    /// Events of the API that the table allows now.
    package let actions: [RequestEventKind]

    /// The first reason's; nil for a terminal request.
    package var code: DiagnosticCode? { reasons.first?.code }

    package var text: String {
        reasons.first?.text ?? "It has ended in \(request.state.rawValue) and waits for nothing."
    }

    /// Finds the reasons: pure, from what was read.
    ///
    /// - Parameters:
    ///   - facts: of the request and its family.
    ///   - nodes: of the cluster, lost ones included.
    ///   - assignments: what work assignments say to it.
    package init(_ facts: DiagnosisFacts, nodes: [DiagnosisNode], assignments: [AssignmentFact] = []) {
        let finder = ReasonFinder(facts: facts, nodes: nodes, assignments: assignments)
        request = facts.request
        reasons = finder.reasons
        actions = LegalActions.of(facts)
        since = finder.since(of: reasons.first?.code)
        estimatedStart = finder.estimatedStart(reasons)
    }
}
