extension ExecutionPolicy {
    /// Reads the policy from merged parameters; what is not set has its default.
    ///
    /// Fails with the error of the value if one does not fit, which a checked merge never does.
    package init(_ table: ParameterTable) throws(SchedulerError) {
        self.init()
        let reader = PolicyReader(table: table)
        priority = try reader.integer("SYS_priority").map { Int($0) } ?? priority
        retries = try reader.integer("SYS_retries").map { Int($0) } ?? retries
        requestExpiration = try reader.minutes("SYS_requestExpiration") ?? requestExpiration
        requestTimeout = try reader.minutes("SYS_request_timeout").flatMap { $0 == .zero ? nil : $0 }
        retryDelay = try reader.seconds("SYS_EXT_retryDelay") ?? retryDelay
        retryFactor = try reader.decimal("SYS_EXT_retryFactor") ?? retryFactor
        retryMaxDelay = try reader.seconds("SYS_EXT_retryMaxDelay") ?? retryMaxDelay
        retryJitter = try reader.decimal("SYS_EXT_retryJitter") ?? retryJitter
        timeoutAction =
            try reader.text("SYS_EXT_timeoutAction").flatMap { TimeoutAction(rawValue: $0) } ?? timeoutAction
        nodeLost = try reader.text("SYS_EXT_nodeLost").flatMap { NodeLostAction(rawValue: $0) } ?? nodeLost
        cancelGrace = try reader.seconds("SYS_EXT_cancelGrace")
        cancelEndAfter = try reader.seconds("SYS_EXT_cancelEndAfter")
        handleIsCredential = try reader.boolean("SYS_EXT_handleIsCredential") ?? handleIsCredential
        allowMultiplePending = try reader.boolean("SYS_allowMultPending") ?? allowMultiplePending
        maxConcurrent = try reader.integer("SYS_EXT_maxConcurrent").map { Int($0) } ?? maxConcurrent
        hasPreProcess = try reader.text("SYS_preProcess").map { !$0.isEmpty } ?? hasPreProcess
        hasPostProcess = try reader.text("SYS_postProcess").map { !$0.isEmpty } ?? hasPostProcess
        reprocessDelay = try reader.minutes("SYS_reprocessDelay") ?? reprocessDelay
    }
}

/// Typed reading of system properties that hold for all steps.
private struct PolicyReader {
    let table: ParameterTable

    /// The value if one is set, once it is known to fit.
    func text(_ name: String) throws(SchedulerError) -> String? {
        guard let parameter = table[name], let value = parameter.value else { return nil }
        if let misfit = SystemProperty.named(name)?.misfit(value) {
            throw misfit.error(parameter: name, value: value, isSecret: parameter.isSecret)
        }
        return value
    }

    func integer(_ name: String) throws(SchedulerError) -> Int64? { try text(name).flatMap { Int64($0) } }

    func decimal(_ name: String) throws(SchedulerError) -> Double? { try text(name).flatMap { Double($0) } }

    func boolean(_ name: String) throws(SchedulerError) -> Bool? {
        try text(name).flatMap { ParameterValue.boolean($0) }
    }

    func minutes(_ name: String) throws(SchedulerError) -> Duration? {
        try integer(name).map { .seconds($0 * 60) }
    }

    func seconds(_ name: String) throws(SchedulerError) -> Duration? {
        try integer(name).map { .seconds($0) }
    }
}
