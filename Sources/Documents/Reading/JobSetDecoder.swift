import SchedulerCore

extension ObjectDecoder {
    mutating func jobSet() -> JobSet? {
        let common = common(.jobSet)
        let mode = reader.choice("executionMode", of: [ExecutionMode.serial, .parallel], isRequired: true)
        let firstStep = reader.string("firstStep", bytesMax: MetadataLimits.labelBytesMax)
        let steps = (reader.list("steps", isRequired: true) ?? []).compactMap { step($0) }
        let application = reader.string("application", bytesMax: MetadataLimits.labelBytesMax)
        let parameters = parameters(&reader)
        guard let id = common.id, let mode else { return nil }
        return JobSet(
            id: id,
            displayName: common.displayName,
            description: common.description,
            executionMode: mode,
            firstStep: firstStep,
            steps: steps,
            application: application,
            parameters: parameters
        )
    }

    private mutating func step(_ item: MemberReader.Item) -> JobSetStep? {
        guard var step = MemberReader(item.node, item.path, reader.collector) else { return nil }
        let stepID = step.string("stepId", isRequired: true, bytesMax: MetadataLimits.labelBytesMax)
        let job = jobReference("job", &step)
        let parameters = parameters(&step)
        let links = step.object("links").map(links)
        step.finish()
        guard let stepID, let job else { return nil }
        return JobSetStep(stepID: stepID, job: job, parameters: parameters, links: links)
    }

    private func links(_ reader: MemberReader) -> StepLinks {
        var reader = reader
        func target(of outcome: StepOutcome) -> String? {
            reader.string(outcome.rawValue, bytesMax: MetadataLimits.labelBytesMax)
        }
        let links = StepLinks(
            success: target(of: .success),
            warning: target(of: .warning),
            error: target(of: .error)
        )
        reader.finish()
        return links
    }
}
