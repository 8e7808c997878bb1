import SchedulerCore

/// Facts of a request that is not made yet, as bytes: in the plan of a job set.
enum FactsCodec {
    /// Stands where an enumeration has no value.
    private static let absent: Int64 = -1

    static func encode(_ facts: RequestFacts, to writer: inout PackedWriter) {
        writer.text(facts.definitionID.description)
        writer.optionalText(facts.definitionDisplayName)
        writer.optionalText(facts.definitionDescription)
        writer.optionalText(facts.jobTypeID?.description)
        writer.integer(facts.executor.map(StoredCodes.executors.code) ?? absent)
        writer.optionalText(facts.className)
        writer.optionalText(facts.externalJobType)
        writer.text(facts.application)
        writer.optionalText(facts.product)
        writer.optionalText(facts.requestCategory)
        writer.optionalText(facts.description)
        writer.text(facts.submitter)
        writer.text(facts.runAsUser)
        writer.integer(facts.enterpriseID)
        writer.optionalText(facts.trace)
        writer.byte(facts.isAsynchronous.map { $0 ? 2 : 1 } ?? 0)
        writer.byte(facts.hasCancelCall ? 1 : 0)
        writer.integer(facts.executionMode == .none ? absent : StoredCodes.executionModes.code(facts.executionMode))
        writer.text(facts.workClass.label)
    }

    static func decode(_ reader: inout PackedReader) throws(StoreFault) -> RequestFacts {
        let definitionID = try objectID(reader.text())
        let displayName = try reader.optionalText()
        let definitionDescription = try reader.optionalText()
        let jobTypeID = try reader.optionalText().map(objectID)
        let executor = try reader.integer()
        let className = try reader.optionalText()
        let externalJobType = try reader.optionalText()
        let application = try reader.text()
        let product = try reader.optionalText()
        let requestCategory = try reader.optionalText()
        let description = try reader.optionalText()
        var facts = RequestFacts(
            definitionID: definitionID,
            jobTypeID: jobTypeID,
            executor: executor == absent ? nil : try StoredCodes.executors.value(executor),
            application: application,
            submitter: try reader.text()
        )
        facts.definitionDisplayName = displayName
        facts.definitionDescription = definitionDescription
        facts.className = className
        facts.externalJobType = externalJobType
        facts.product = product
        facts.requestCategory = requestCategory
        facts.description = description
        facts.runAsUser = try reader.text()
        facts.enterpriseID = try reader.integer()
        facts.trace = try reader.optionalText()
        let asynchronous = try reader.byte()
        facts.isAsynchronous = asynchronous == 0 ? nil : asynchronous == 2
        facts.hasCancelCall = try reader.byte() != 0
        let mode = try reader.integer()
        facts.executionMode = mode == absent ? .none : try StoredCodes.executionModes.value(mode)
        guard let work = WorkClass(label: try reader.text()) else { throw PackedReader.corrupt }
        facts.take(work)
        return facts
    }

    private static func objectID(_ label: String) throws(StoreFault) -> MetadataObjectID {
        guard let id = MetadataObjectID(label: label) else { throw PackedReader.corrupt }
        return id
    }
}
