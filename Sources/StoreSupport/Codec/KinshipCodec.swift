package import SchedulerCore

/// What a request keeps of its relatives and of its callouts, as bytes: a mask of what differs from a request that
/// stands alone, then those values in order of their bits. Nil for one that stands alone.
package enum KinshipCodec {
    /// What comes back.
    package struct Kept {
        package var kinship: Kinship
        package var isWarned: Bool
        package var callouts: CalloutNotes
    }

    /// Bits of the mask; a new value gets the next one.
    private enum Part: Int64 {
        case liveChildren = 1
        case activeInstances = 2
        case gatedInstances = 4
        case newestChild = 8
        case nextInstance = 16
        case cursor = 32
        case overlap = 64
        case tally = 128
        case depth = 256
        case gate = 512
        case isActiveInstance = 1024
        case round = 2048
        case lockStanding = 4096
        case isWarned = 8192
        case hasCallback = 16384
        case hasParentCallback = 32768
        case hasListener = 65536
        case outboxEntries = 131_072
        case instanceParentAttempt = 262_144
        case preProcess = 524_288
        case postProcess = 1_048_576
    }

    private static let alone = Kinship()
    /// Stands where steps have no error type.
    private static let noErrorType: Int64 = -1
    /// Stands where a callout did not answer as it should.
    private static let noStatus: Int64 = -1

    package static func encode(
        _ kinship: Kinship,
        isWarned: Bool = false,
        callouts: CalloutNotes = CalloutNotes()
    ) -> [UInt8]? {
        let mask = mask(of: kinship) | mask(isWarned, callouts)
        guard mask != 0 else { return nil }
        var writer = PackedWriter()
        writer.integer(mask)
        func has(_ part: Part) -> Bool { mask & part.rawValue != 0 }
        if has(.liveChildren) { writer.integer(Int64(kinship.liveChildren)) }
        if has(.activeInstances) { writer.integer(Int64(kinship.activeInstances)) }
        if has(.gatedInstances) { writer.integer(Int64(kinship.gatedInstances)) }
        if let id = kinship.newestChild { writer.integer(id.value) }
        if let id = kinship.nextInstance { writer.integer(id.value) }
        if let cursor = kinship.cursor { writer.integer(cursor.milliseconds) }
        if has(.overlap) { writer.integer(StoredCodes.overlapPolicies.code(kinship.overlap)) }
        if let tally = kinship.tally { encode(tally, to: &writer) }
        if has(.depth) { writer.integer(Int64(kinship.depth)) }
        if let gate = kinship.gate { writer.integer(StoredCodes.startGates.code(gate)) }
        if has(.round) { writer.integer(Int64(kinship.round)) }
        if has(.lockStanding) { writer.integer(StoredCodes.lockStandings.code(kinship.lockStanding)) }
        if has(.outboxEntries) { writer.integer(Int64(kinship.audience.entries)) }
        if has(.instanceParentAttempt) { writer.integer(Int64(kinship.instanceParentAttempt)) }
        if let note = callouts.preProcess { encode(note, to: &writer) }
        if let note = callouts.postProcess { encode(note, to: &writer) }
        return writer.bytes
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> Kept {
        var reader = PackedReader(bytes)
        let mask = try reader.integer()
        func has(_ part: Part) -> Bool { mask & part.rawValue != 0 }
        var kinship = alone
        if has(.liveChildren) { kinship.liveChildren = Int(clamping: try reader.integer()) }
        if has(.activeInstances) { kinship.activeInstances = Int(clamping: try reader.integer()) }
        if has(.gatedInstances) { kinship.gatedInstances = Int(clamping: try reader.integer()) }
        if has(.newestChild) { kinship.newestChild = RequestID(try reader.integer()) }
        if has(.nextInstance) { kinship.nextInstance = RequestID(try reader.integer()) }
        if has(.cursor) { kinship.cursor = Timestamp(milliseconds: try reader.integer()) }
        if has(.overlap) { kinship.overlap = try StoredCodes.overlapPolicies.value(reader.integer()) }
        if has(.tally) { kinship.tally = try tally(&reader) }
        if has(.depth) { kinship.depth = Int(clamping: try reader.integer()) }
        if has(.gate) { kinship.gate = try StoredCodes.startGates.value(reader.integer()) }
        kinship.isActiveInstance = has(.isActiveInstance)
        if has(.round) { kinship.round = Int(clamping: try reader.integer()) }
        if has(.lockStanding) { kinship.lockStanding = try StoredCodes.lockStandings.value(reader.integer()) }
        kinship.audience.hasCallback = has(.hasCallback)
        kinship.audience.hasParentCallback = has(.hasParentCallback)
        kinship.audience.hasListener = has(.hasListener)
        if has(.outboxEntries) { kinship.audience.entries = Int(clamping: try reader.integer()) }
        if has(.instanceParentAttempt) { kinship.instanceParentAttempt = Int(clamping: try reader.integer()) }
        var callouts = CalloutNotes()
        if has(.preProcess) { callouts.preProcess = try note(&reader) }
        if has(.postProcess) { callouts.postProcess = try note(&reader) }
        return Kept(kinship: kinship, isWarned: has(.isWarned), callouts: callouts)
    }

    private static func mask(_ isWarned: Bool, _ callouts: CalloutNotes) -> Int64 {
        (isWarned ? Part.isWarned.rawValue : 0)
            | (callouts.preProcess != nil ? Part.preProcess.rawValue : 0)
            | (callouts.postProcess != nil ? Part.postProcess.rawValue : 0)
    }

    private static func mask(of kinship: Kinship) -> Int64 {
        var mask: Int64 = 0
        func note(_ part: Part, _ differs: Bool) {
            if differs { mask |= part.rawValue }
        }
        note(.liveChildren, kinship.liveChildren != 0)
        note(.activeInstances, kinship.activeInstances != 0)
        note(.gatedInstances, kinship.gatedInstances != 0)
        note(.newestChild, kinship.newestChild != nil)
        note(.nextInstance, kinship.nextInstance != nil)
        note(.cursor, kinship.cursor != nil)
        note(.overlap, kinship.overlap != alone.overlap)
        note(.tally, kinship.tally != nil)
        note(.depth, kinship.depth != 0)
        note(.gate, kinship.gate != nil)
        note(.isActiveInstance, kinship.isActiveInstance)
        note(.round, kinship.round != 0)
        note(.lockStanding, kinship.lockStanding != .none)
        note(.hasCallback, kinship.audience.hasCallback)
        note(.hasParentCallback, kinship.audience.hasParentCallback)
        note(.hasListener, kinship.audience.hasListener)
        note(.outboxEntries, kinship.audience.entries != 0)
        note(.instanceParentAttempt, kinship.instanceParentAttempt != 0)
        return mask
    }

    private static func encode(_ note: CalloutNote, to writer: inout PackedWriter) {
        writer.integer(note.status.map(StoredCodes.calloutStatuses.code) ?? noStatus)
        writer.optionalText(note.message)
    }

    private static func note(_ reader: inout PackedReader) throws(StoreFault) -> CalloutNote {
        let status = try reader.integer()
        return CalloutNote(
            status: status == noStatus ? nil : try StoredCodes.calloutStatuses.value(status),
            message: try reader.optionalText()
        )
    }

    private static func encode(_ tally: StepTally, to writer: inout PackedWriter) {
        for aggregate in [tally.contributing, tally.selected] {
            writer.integer(Int64(aggregate.count))
            writer.integer(Int64(aggregate.outcome.code))
            writer.integer(aggregate.errorType.map(StoredCodes.errorTypes.code) ?? noErrorType)
            writer.optionalText(aggregate.stepID)
            writer.optionalText(aggregate.message)
        }
    }

    private static func tally(_ reader: inout PackedReader) throws(StoreFault) -> StepTally {
        let contributing = try aggregate(&reader)
        return StepTally(contributing: contributing, selected: try aggregate(&reader))
    }

    private static func aggregate(_ reader: inout PackedReader) throws(StoreFault) -> StepAggregate {
        var aggregate = StepAggregate()
        aggregate.count = Int(clamping: try reader.integer())
        aggregate.outcome = try StoredCodes.state(reader.integer())
        let errorType = try reader.integer()
        aggregate.errorType = errorType == noErrorType ? nil : try StoredCodes.errorTypes.value(errorType)
        aggregate.stepID = try reader.optionalText()
        aggregate.message = try reader.optionalText()
        return aggregate
    }
}
