extension JobRequest {
    /// Value of a query field, nil where absent: the meaning that every store's columns must have.
    package func value(of field: RequestField) -> FilterValue? {
        switch field {
        case .requestID: .integer(id.value)
        case .absParentRequestID: .integer(lineage.absParentID.value)
        case .parentRequestID: lineage.parentID.map { .integer($0.value) }
        case .instanceParentID: .integer(lineage.instanceParentID.value)
        case .elapsedTime: firstStartTime.map { _ in .integer(elapsedMilliseconds) }
        case .waitTime: startTime.map { .integer(max(0, ($0 - scheduledTime).wholeMilliseconds)) }
        case .readyWaitTime: readyWait.map { .integer($0) }
        case .enterpriseID: .integer(facts.enterpriseID)
        case .priority: .integer(Int64(priority))
        case .retriedCount: .integer(Int64(retriedCount))
        case .processStartTime: startTime.map { .dateTime($0) }
        case .processEndTime: endTime.map { .dateTime($0) }
        case .requestedStartTime: requestedStart.map { .dateTime($0) }
        case .requestedEndTime: requestedEnd.map { .dateTime($0) }
        case .submissionTime: .dateTime(submissionTime)
        case .scheduledTime: .dateTime(scheduledTime)
        case .completedTime: completedTime.map { .dateTime($0) }
        case .state: .text(state.rawValue)
        case .requestType: .text(lineage.type.rawValue)
        case .errorType: errorType.map { .text($0.rawValue) }
        case .executionType: facts.executor.map { .text($0.executionType.rawValue) }
        case .processPhase: .text(phase.rawValue)
        case .isTimedOut: .boolean(isTimedOut)
        case .isAsynchronous: isAsynchronous.map { .boolean($0) }
        default: label(field).map { .text($0) }
        }
    }

    /// Milliseconds between READY and the start of the newest attempt.
    package var readyWait: Int64? {
        guard let readyTime, let startTime, startTime >= readyTime else { return nil }
        return (startTime - readyTime).wholeMilliseconds
    }

    private func label(_ field: RequestField) -> String? {
        switch field {
        case .description: facts.description
        case .application: facts.application
        case .product: facts.product
        case .requestCategory: facts.requestCategory
        case .runAsUser: facts.runAsUser
        case .jobDefinitionID: facts.definitionID.description
        case .processor: processor
        case .submitter, .submitterGUID: facts.submitter
        case .submitterDmsECID, .requestDmsECID: facts.trace
        case .logicalClusterName: facts.logicalCluster
        case .className: facts.className
        case .jobType: facts.jobTypeID?.description
        case .externalJobType: facts.externalJobType
        case .externalID: externalID
        case .scheduleDefinition: scheduleDefinition?.description
        default: nil
        }
    }
}
