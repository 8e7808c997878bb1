/// Several jobs that are submitted as one, one after another or side by side (administration §1.1).
package struct JobSet: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    /// `serial` or `parallel`.
    package var executionMode: ExecutionMode
    /// Id of the step that a serial set begins with; nil = the first listed. Parallel sets have none.
    package var firstStep: String?
    /// At least one, in the order of the document.
    package var steps: [JobSetStep]
    /// Submissions that name another application do not see the set; nil = belongs to none.
    package var application: String?
    package var parameters: [Parameter]

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        executionMode: ExecutionMode,
        firstStep: String? = nil,
        steps: [JobSetStep],
        application: String? = nil,
        parameters: [Parameter] = []
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.executionMode = executionMode
        self.firstStep = firstStep
        self.steps = steps
        self.application = application
        self.parameters = parameters
    }

    /// Id of the step that a serial set begins with; nil for parallel sets and those without steps.
    package var openingStep: String? {
        executionMode == .serial ? firstStep ?? steps.first?.stepID : nil
    }

    /// Where the step at a position leads: its links, or without them SUCCESS and WARNING to the next listed step,
    /// while ERROR ends the set (administration §1.4). In a parallel set no step leads anywhere.
    package func links(at index: Int) -> StepLinks {
        guard executionMode == .serial else { return StepLinks() }
        if let links = steps[index].links { return links }
        let next = index + 1 < steps.count ? steps[index + 1].stepID : nil
        return StepLinks(success: next, warning: next)
    }

    /// Id of the step that follows one that has ended; nil where the set ends, and for a step that is not in it.
    package func successor(of stepID: String, after outcome: StepOutcome) -> String? {
        guard let index = steps.firstIndex(where: { $0.stepID == stepID }) else { return nil }
        return links(at: index)[outcome]
    }
}
