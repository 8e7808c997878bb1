import SchedulerCore

/// Job sets.
extension OracleXMLImporter {
    func jobSet(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        let mode = executionMode(&reader)
        members.add("executionMode", .string(mode.rawValue), line: reader.element.line)
        let firstStep = reader.text("firststep", "firststepid", "startstep")
        if let firstStep, mode == .parallel {
            report.add(.ignored, firstStep.place, "the steps of a parallel set have no order")
        } else if let firstStep {
            members.add("firstStep", FoundText(raw: withoutBlanks(firstStep), place: firstStep.place))
        }
        let children = reader.children(["step", "jobsetstep", "jobstep"], in: ["steps", "jobsetsteps", "jobsteps"])
        let steps = children.map { step($0, isSerial: mode == .serial) }
        // Oracle ends a set after a step without links. Where no step has any, the steps follow one another.
        let areLinked = steps.contains { $0.links != nil }
        members.add(
            "steps",
            steps.map { step in
                var node = step.members
                let links = step.links ?? MemberBuilder(line: step.line)
                if areLinked { node.add("links", links.node.content, line: step.line) }
                return node.node
            }
        )
        members.add("application", application(&reader))
        members.add("parameters", parameters(&reader, in: .jobSet).nodes)
        return true
    }

    private struct Step {
        var members: MemberBuilder
        var links: MemberBuilder?
        let line: Int
    }

    private func step(_ reader: ElementReader, isSerial: Bool) -> Step {
        var reader = reader
        let line = reader.element.line
        var step = Step(members: MemberBuilder(line: line), links: nil, line: line)
        if let id = reader.text("stepid", "name") ?? reader.text("id") {
            reader.path += "(\(ImportReport.quoted(id.text)))"
            step.members.add("stepId", FoundText(raw: withoutBlanks(id), place: id.place))
        } else {
            report.add(.error, reader.place, "a step without id")
        }
        step.members.add("job", jobReference(&reader))
        step.members.add("parameters", parameters(&reader, in: .step).nodes)
        for (outcome, target) in links(&reader) {
            guard isSerial else {
                report.add(.ignored, target.place, "the steps of a parallel set have no order")
                continue
            }
            var links = step.links ?? MemberBuilder(line: line)
            links.add(outcome.rawValue, FoundText(raw: withoutBlanks(target), place: target.place))
            step.links = links
        }
        reader.finish()
        return step
    }

    /// Where a step leads, as attributes or children of their own, or as `<link type="SUCCESS">`.
    private func links(_ reader: inout ElementReader) -> [(outcome: StepOutcome, target: FoundText)] {
        var links: [(outcome: StepOutcome, target: FoundText)] = []
        for outcome in StepOutcome.allCases {
            let key = outcome.rawValue.lowercased()
            let target = reader.text(key, "on" + key, key + "step", key + "stepid", key + "link")
            if let target { links.append((outcome, target)) }
        }
        for container in reader.children("links", "steplinks") {
            var container = container
            links += self.links(&container)
            container.finish()
        }
        for child in reader.children("link", "steplink") {
            var child = child
            let type = child.text("type", "linktype", "outcome", "status")
            let step = child.text("stepid", "step", "target", "to")
            let target = step ?? (child.isLeaf ? child.ownText() : nil)
            child.finish()
            guard let outcome = type.flatMap({ StepOutcome(rawValue: $0.text.uppercased()) }),
                let target, !target.text.isEmpty
            else {
                report.add(.error, child.place, "a link that names no outcome or no step")
                continue
            }
            links.append((outcome, target))
        }
        return links
    }

    private func executionMode(_ reader: inout ElementReader) -> ExecutionMode {
        guard let found = reader.text("executionmode", "mode") else {
            report.add(.changed, reader.place, "says no execution mode and is SERIAL")
            return .serial
        }
        switch XMLName.key(found.text) {
        case "serial": return .serial
        case "parallel": return .parallel
        case "sequential":
            report.add(.changed, found.place, "is SERIAL")
            return .serial
        default:
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no execution mode")
            return .serial
        }
    }
}
