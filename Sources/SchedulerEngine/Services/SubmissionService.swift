package import SchedulerCore

/// Turns an order into a durable request: definition or job set, rights, parameters, schedule, times (REST §5.3).
package struct SubmissionService: Sendable {
    private let access: RequestAccess
    private let catalogue: CatalogueHolder
    private let gateway: SubmissionGateway
    private let handles: HandleAccess
    private let authority: HandleAuthority
    private let defaultApplication: String
    private let schedules: ScheduleReader
    private let outbound: @Sendable () -> OutboundPolicy
    private let callbacks: CallbackSealer
    private let denials: DenialRecorder
    private let swiftClassHasHook: @Sendable (String) -> Bool

    package init(
        access: RequestAccess,
        catalogue: CatalogueHolder,
        gateway: SubmissionGateway,
        handles: HandleAuthority,
        defaultApplication: String,
        recurrence: RecurrenceSettings = RecurrenceSettings(),
        outbound: @escaping @Sendable () -> OutboundPolicy,
        sealer: SecretSealer,
        denials: DenialRecorder,
        swiftClassHasHook: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.access = access
        self.catalogue = catalogue
        self.gateway = gateway
        self.handles = HandleAccess(access: access, handles: handles)
        authority = handles
        self.defaultApplication = defaultApplication
        schedules = ScheduleReader(catalogue: catalogue, settings: recurrence)
        self.outbound = outbound
        callbacks = CallbackSealer(outbound: outbound, sealer: sealer)
        self.denials = denials
        self.swiftClassHasHook = swiftClassHasHook
    }

    /// Submits.
    ///
    /// - Parameters:
    ///   - order: decoded body.
    ///   - caller: needs EXECUTE on the definition or set; nil where the order's handle stands for credentials.
    ///   - call: recorded with the request; nil for one without a key.
    /// - Returns: the durable request, with a schedule the recurring parent.
    /// - Throws: ESS-02001, 02005, 01023 (sub-request); ESS-03001 to 03004, 02002, the errors of
    ///   `ParameterMerge.submit`, ESS-03008, 04002 to 04007, 02007, 01050, 01054; `StoreFault`.
    package func submit(
        _ order: SubmissionOrder,
        caller: Caller?,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let (written, callback) = try checkBody(order)
        if let execution = order.execution {
            let (parent, epoch) = try await proveParent(execution, caller: caller)
            return try await submit(order, below: parent, handle: epoch, callback, caller: caller, call: call)
        }
        guard let caller else { throw SchedulerError(2001) }
        let target = try resolve(order, [.jobDefinition, .jobSet])
        let schedule = try written ?? order.schedule.map(schedules.schedule)
        do throws(SchedulerError) {
            try access.decision(for: caller).requireExecute(on: target.id)
        } catch {
            await denials.record(error, entry: caller.audit("submit"), target: target.id)
            throw error
        }
        let origin = SubmissionBuilder.Origin(
            application: order.application ?? target.application ?? defaultApplication,
            submitter: caller.principal.userName,
            runAsUser: caller.principal.userName,
            enterpriseID: caller.principal.enterpriseID,
            trace: caller.trace,
            description: order.description
        )
        var submission = try build(target, order, origin)
        try setTimes(of: &submission, order, schedule)
        if let schedule { follow(schedule, order, &submission) }
        submission.placement = .root(Self.rootType(isSet: submission.facts.executor == nil, recurs: schedule != nil))
        submission.callback = callback
        return try await gateway.submit(submission, audit: nil, call: call)
    }

    /// What is wrong with the body itself is told before what it names is looked for (REST §2.3).
    private func checkBody(
        _ order: SubmissionOrder
    ) throws -> (schedule: JobSchedule?, callback: CallbackSubscription?) {
        _ = try MetadataObjectID.candidates(parsing: order.definition, kinds: [.jobDefinition, .jobSet])
        return (try order.schedule.flatMap(schedules.written), try order.callback.map(callbacks.seal))
    }

    // MARK: - Sub-requests

    /// A sub-request runs as its parent does, whose run-as user needs EXECUTE (runtime §6).
    private func submit(
        _ order: SubmissionOrder,
        below parent: JobRequest,
        handle: AttemptEpoch,
        _ callback: CallbackSubscription? = nil,
        caller: Caller? = nil,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let target = try resolve(order, [.jobDefinition])
        let user = parent.facts.runAsUser
        let snapshot = catalogue.current
        let principal = snapshot.user(named: user).map { Principal($0) } ?? Principal(userName: user)
        do throws(SchedulerError) {
            try RightsDecision(principal: principal, catalogue: snapshot).requireExecute(on: target.id)
        } catch {
            if let caller { await denials.record(error, entry: caller.audit("submit"), target: target.id) }
            throw error
        }
        let origin = SubmissionBuilder.Origin(
            application: order.application ?? target.application ?? parent.facts.application,
            submitter: parent.facts.submitter,
            runAsUser: user,
            enterpriseID: parent.facts.enterpriseID,
            trace: parent.facts.trace,
            description: order.description
        )
        var submission = try build(target, order, origin)
        if !submission.parameters.contains(where: { $0.name == "SYS_priority" && $0.value != nil }) {
            submission.policy.priority = parent.policy.priority
        }
        submission.placement = .subRequest(of: parent.id, handle: handle)
        submission.callback = callback
        return try await gateway.submit(submission, audit: nil, call: call)
    }

    private func proveParent(
        _ execution: SubmissionOrder.Execution,
        caller: Caller?
    ) async throws -> (request: JobRequest, epoch: AttemptEpoch) {
        do {
            return try await handles.prove(execution.requestID, handle: execution.handle, caller: caller)
        } catch let error as SchedulerError where error.code == 1001 {
            // A parent that does not exist has no handle, either (REST §5.3).
            throw SchedulerError(2005, execution.requestID.description)
        }
    }

    // MARK: - What is submitted

    private enum Target {
        case definition(ResolvedDefinition)
        case set(ResolvedJobSet)

        var id: MetadataObjectID {
            switch self {
            case .definition(let definition): definition.id
            case .set(let set): set.id
            }
        }

        var application: String? {
            switch self {
            case .definition(let definition): definition.definition.application
            case .set(let set): set.jobSet.application
            }
        }
    }

    /// An object of another application does not exist for the order.
    private func resolve(_ order: SubmissionOrder, _ kinds: [MetadataKind]) throws(SchedulerError) -> Target {
        let candidates = try MetadataObjectID.candidates(parsing: order.definition, kinds: [.jobDefinition, .jobSet])
        let snapshot = catalogue.current
        for id in candidates {
            if let definition = snapshot.resolvedDefinition(id),
                definition.isVisible(toApplication: order.application)
            {
                return .definition(definition)
            }
            if let set = snapshot.resolvedJobSet(id), set.isVisible(toApplication: order.application) {
                guard kinds.contains(.jobSet) else { throw SchedulerError(1024, "job set") }
                return .set(set)
            }
        }
        throw SchedulerError(3001, candidates.first?.description ?? order.definition)
    }

    private func build(
        _ target: Target,
        _ order: SubmissionOrder,
        _ origin: SubmissionBuilder.Origin
    ) throws(SchedulerError) -> Submission {
        let builder = SubmissionBuilder(outbound: outbound(), swiftClassHasHook: swiftClassHasHook)
        return switch target {
        case .definition(let definition): try builder.submission(of: definition, order, origin)
        case .set(let set): try builder.submission(of: set, order, origin)
        }
    }

    private static func rootType(isSet: Bool, recurs: Bool) -> RequestType {
        switch (isSet, recurs) {
        case (false, false): .singleton
        case (false, true): .recurParent
        case (true, false): .jobSetSingleton
        case (true, true): .jobSetRecurParent
        }
    }

    // MARK: - Time

    /// Times without an offset are those of the schedule's zone, else of UTC (REST §2.5).
    private func setTimes(
        of submission: inout Submission,
        _ order: SubmissionOrder,
        _ schedule: JobSchedule?
    ) throws(SchedulerError) {
        let zone = try ZoneRules(identifier: schedule?.timezone ?? "UTC")
        submission.requestedStart = order.startTime?.instant(in: zone)
        submission.requestedEnd = order.endTime?.instant(in: zone)
        if let start = submission.requestedStart, let end = submission.requestedEnd, end <= start {
            throw SchedulerError(4005, end.description, start.description)
        }
    }

    private func follow(_ schedule: JobSchedule, _ order: SubmissionOrder, _ submission: inout Submission) {
        let executePast = submission.parameters.last { $0.name == "SYS_executePast" && $0.scope == nil }?.value
        var plan = submission.plan ?? RequestPlan()
        plan.schedule = schedule
        plan.catchUp = .effective(
            executePast: order.properties.executePast,
            schedule: schedule.catchUp,
            systemExecutePast: executePast.flatMap { ParameterValue.boolean($0) }
        )
        submission.plan = plan
    }
}

extension SubmissionService: SubRequestSubmitting {
    /// Code inside the server needs no credentials beside its handle, whatever `SYS_EXT_handleIsCredential` says: that
    /// guards handles which have left it. A parameter that nothing gives a type is a STRING.
    package func submit(
        _ order: SubRequestOrder,
        below parent: RequestID,
        handle: String
    ) async throws -> RequestID {
        guard let epoch = authority.epoch(of: handle, request: parent) else {
            throw SchedulerError(2005, parent.description)
        }
        let running = try await access.existing(parent).request
        var submission = SubmissionOrder(definition: order.definition)
        submission.application = order.application
        submission.description = order.description
        submission.properties = order.properties
        guard case .definition(let target) = try resolve(submission, [.jobDefinition]) else {
            throw SchedulerError(1024, "job set")
        }
        submission.parameters = order.parameters.map { parameter in
            var typed = parameter
            if target.table[parameter.name] == nil { typed.type = parameter.type ?? .string }
            return typed
        }
        return try await submit(submission, below: running, handle: epoch).id
    }
}
