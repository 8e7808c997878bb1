package import SchedulerCore

/// The plan of a tree as bytes.
package enum PlanCodec {
    package static func encode(_ plan: RequestPlan) -> [UInt8] {
        var writer = PackedWriter()
        writer.integer(StoredCodes.catchUpPolicies.code(plan.catchUp))
        writer.optionalText(plan.schedule?.encoded)
        writer.byte(plan.jobSet == nil ? 0 : 1)
        if let set = plan.jobSet { encode(set, to: &writer) }
        return writer.bytes
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> RequestPlan {
        var reader = PackedReader(bytes)
        let catchUp = try StoredCodes.catchUpPolicies.value(reader.integer())
        let schedule = try reader.optionalText().map(schedule)
        let set = try reader.byte() == 0 ? nil : try jobSet(&reader)
        return RequestPlan(schedule: schedule, catchUp: catchUp, jobSet: set)
    }

    /// The schedule alone, without a look at the job set behind it.
    package static func schedule(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> JobSchedule? {
        var reader = PackedReader(bytes)
        _ = try reader.integer()
        return try reader.optionalText().map(schedule)
    }

    /// The plan without its job set, likewise.
    package static func recurrence(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> RequestPlan {
        var reader = PackedReader(bytes)
        let catchUp = try StoredCodes.catchUpPolicies.value(reader.integer())
        return RequestPlan(schedule: try reader.optionalText().map(schedule), catchUp: catchUp)
    }

    private static func schedule(_ text: String) throws(StoreFault) -> JobSchedule {
        guard let schedule = JobSchedule(encoded: text) else { throw PackedReader.corrupt }
        return schedule
    }

    private static func encode(_ set: JobSetPlan, to writer: inout PackedWriter) {
        writer.integer(StoredCodes.executionModes.code(set.mode))
        writer.text(set.firstStep)
        writer.integer(Int64(set.steps.count))
        for step in set.steps { encode(step, to: &writer) }
    }

    private static func jobSet(_ reader: inout PackedReader) throws(StoreFault) -> JobSetPlan {
        let mode = try StoredCodes.executionModes.value(reader.integer())
        let firstStep = try reader.text()
        var steps: [StepPlan] = []
        for _ in 0..<(try reader.count()) { steps.append(try step(&reader)) }
        return JobSetPlan(mode: mode, firstStep: firstStep, steps: steps)
    }

    private static func encode(_ step: StepPlan, to writer: inout PackedWriter) {
        writer.text(step.name)
        writer.optionalText(step.successors.success)
        writer.optionalText(step.successors.warning)
        writer.optionalText(step.successors.error)
        writer.byte(step.selectState.map { $0 ? 2 : 1 } ?? 0)
        FactsCodec.encode(step.facts, to: &writer)
        writer.integer(Int64(step.policy.priority))
        writer.packed(PolicyCodec.encode(step.policy))
        writer.packed(ParameterCodec.encode(step.parameters))
        writer.byte(step.nested == nil ? 0 : 1)
        if let nested = step.nested { encode(nested, to: &writer) }
    }

    private static func step(_ reader: inout PackedReader) throws(StoreFault) -> StepPlan {
        let name = try reader.text()
        var successors = StepLinks()
        successors.success = try reader.optionalText()
        successors.warning = try reader.optionalText()
        successors.error = try reader.optionalText()
        let selectState: Bool? =
            switch try reader.byte() {
            case 0: nil
            case 1: false
            default: true
            }
        let facts = try FactsCodec.decode(&reader)
        let priority = Int(clamping: try reader.integer())
        var policy =
            try reader.packed { bytes throws(StoreFault) -> ExecutionPolicy in
                var reader = PackedReader(bytes)
                return try PolicyCodec.decode(&reader)
            } ?? PolicyCodec.base
        policy.priority = priority
        let parameters = try reader.packed(ParameterCodec.decode) ?? []
        let nested = try reader.byte() == 0 ? nil : try jobSet(&reader)
        return StepPlan(
            name: name,
            successors: successors,
            selectState: selectState,
            facts: facts,
            policy: policy,
            parameters: parameters,
            nested: nested
        )
    }
}
