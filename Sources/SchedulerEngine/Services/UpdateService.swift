package import SchedulerCore

/// What a caller wants changed about a request, decoded (REST §5.5); nil = stays as it is.
package struct UpdateOrder: Sendable {
    package var parameters: [SubmittedParameter]
    package var schedule: SubmissionOrder.Schedule?
    package var startTime: WrittenTime?
    package var endTime: WrittenTime?
    package var callback: SubmissionOrder.Callback?

    package init(
        parameters: [SubmittedParameter] = [],
        schedule: SubmissionOrder.Schedule? = nil,
        startTime: WrittenTime? = nil,
        endTime: WrittenTime? = nil,
        callback: SubmissionOrder.Callback? = nil
    ) {
        self.parameters = parameters
        self.schedule = schedule
        self.startTime = startTime
        self.endTime = endTime
        self.callback = callback
    }
}

/// Changes requests that wait: parameters, times, schedules (REST §5.5, administration §6.1).
package struct UpdateService: Sendable {
    private let access: RequestAccess
    private let gateway: CommandGateway
    private let schedules: ScheduleReader
    private let callbacks: CallbackSealer
    private let denials: DenialRecorder

    package init(
        access: RequestAccess,
        gateway: CommandGateway,
        schedules: ScheduleReader,
        callbacks: CallbackSealer,
        denials: DenialRecorder
    ) {
        self.access = access
        self.gateway = gateway
        self.schedules = schedules
        self.callbacks = callbacks
        self.denials = denials
    }

    /// The first checks of every change, before the body is looked at.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - action: as the audit trail names it.
    ///   - caller: needs UPDATE.
    /// - Returns: the request as it is.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004; `StoreFault`.
    package func target(_ id: RequestID, action: String, caller: Caller) async throws -> RequestDetail {
        do {
            return try await access.request(id, for: .update, caller: caller)
        } catch let error as SchedulerError {
            await denials.record(error, entry: caller.audit(action), target: id)
            throw error
        }
    }

    /// Changes the request, all or nothing.
    ///
    /// - Parameters:
    ///   - target: what `target(_:action:caller:)` gave.
    ///   - order: what to change.
    ///   - action: as the audit trail names it.
    ///   - caller: who asks.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the request afterwards, durable.
    /// - Throws: ESS-03004, ESS-04002 to 04007 (schedule and times), ESS-02007 (callback), ESS-01018 to 01020 (state
    ///   and type), the codes of `ParameterMerge.submit`, ESS-01051; `StoreFault`.
    package func update(
        _ target: RequestDetail,
        _ order: UpdateOrder,
        action: String,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let callback = try order.callback.map(callbacks.seal)
        let schedule = try order.schedule.map(schedules.schedule)
        // Times without an offset are those of the schedule's zone, else of UTC (REST §2.5).
        let zone = try ZoneRules(identifier: (schedule ?? target.schedule)?.timezone ?? "UTC")
        var patch = RequestPatch(parameters: order.parameters)
        patch.schedule = schedule.map { .init($0, catchUp: Self.catchUp(of: $0, target)) }
        patch.start = order.startTime?.instant(in: zone)
        patch.end = order.endTime?.instant(in: zone)
        patch.callback = callback
        return try await perform(.patch(patch), on: target.request.id, action: action, caller: caller, call: call)
    }

    /// Skips the next instance of a recurring request, adds one, or ends its schedule.
    ///
    /// - Parameters:
    ///   - control: what to do.
    ///   - id: of the request.
    ///   - caller: needs UPDATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the recurring request afterwards, durable.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004, ESS-01019, ESS-01029, ESS-01051; `StoreFault`.
    package func control(
        _ control: ScheduleControl,
        on id: RequestID,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        _ = try await target(id, action: control.rawValue, caller: caller)
        let event = RequestEvent.controlSchedule(control)
        return try await perform(event, on: id, action: control.rawValue, caller: caller, call: call)
    }

    private func perform(
        _ event: RequestEvent,
        on id: RequestID,
        action: String,
        caller: Caller,
        call: IdempotentCall?
    ) async throws -> JobRequest {
        let result = try await gateway.perform(RequestCommand(id, event, audit: caller.audit(action), call: call))
        switch result.outcome {
        case .applied, .unchanged:
            guard let request = result.request else { throw SchedulerError(1001, id.description) }
            return request
        case .refused(let error):
            throw error
        case .dropped:
            throw SchedulerError(1051, id.description)
        }
    }

    /// What the schedule itself says, else what was submitted.
    private static func catchUp(of schedule: JobSchedule, _ target: RequestDetail) -> CatchUpPolicy {
        let submitted = target.parameters.last { $0.name == "SYS_executePast" && $0.scope == nil }?.value
        return .effective(
            executePast: nil,
            schedule: schedule.catchUp,
            systemExecutePast: submitted.flatMap { ParameterValue.boolean($0) }
        )
    }
}
