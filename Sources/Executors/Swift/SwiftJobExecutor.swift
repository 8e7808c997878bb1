package import SchedulerCore

/// Runs Swift jobs inside the server (runtime §9.3).
///
/// A job is code of others that may not return when it should. So each invocation runs in a task that can be left
/// behind, and its executor waits for whichever comes first: the end of the job, or of
/// the grace after a stop demand. In the second case the job is *fenced*: its link to the server is cut, its result is
/// thrown away, and it is counted until it ends.
package struct SwiftJobExecutor: JobExecutor {
    /// A cancel hook that has not returned after this is fenced, and called again later.
    private static let hookTimeMax: Duration = .seconds(60)

    private let registry: SwiftJobRegistry
    private let services: SwiftJobServices
    private let tokens: TokenResolver
    /// Jobs whose requests ended without them.
    package let fenced = FencedJobs()

    package init(registry: SwiftJobRegistry, services: SwiftJobServices, tokens: TokenResolver = TokenResolver()) {
        self.registry = registry
        self.services = services
        self.tokens = tokens
    }

    package func execute(_ invocation: Invocation) async -> InvocationResult {
        guard invocation.control.stopDemand == nil else { return .endedByServer }
        let className = invocation.value("SYS_className") ?? ""
        guard let type = registry[className] else {
            return .ended(.systemError("There is no Swift job of the class name “\(className)”."))
        }
        let link = link(for: invocation)
        let context: SwiftJobContext
        do {
            context = try await makeContext(invocation, link)
        } catch {
            return .ended(.systemError("\(error)"))
        }
        let result = await outcome(in: invocation, link, limit: nil) {
            await SwiftJobOutcome.result(of: type.init(), context)
        }
        // Only code that works on in the background of a wait may still use its context.
        guard let result else { return .endedByServer }
        if case .waiting = result { return result }
        link.close()
        return result
    }

    package func callCancel(_ invocation: Invocation) async -> CancelCallAnswer {
        let className = invocation.value("SYS_className") ?? ""
        guard let type = registry[className] as? any CancellableSwiftJob.Type else { return .answered }
        let link = link(for: invocation)
        let context: SwiftJobContext
        do {
            context = try await makeContext(invocation, link)
        } catch {
            return .failed("\(error)")
        }
        let answer = await outcome(in: invocation, link, limit: Self.hookTimeMax) {
            await SwiftJobOutcome.answer(of: type.init(), context)
        }
        link.close()
        return answer ?? .failed("The cancel hook did not return.")
    }

    /// Calls a callout that is a Swift type.
    ///
    /// - Parameters:
    ///   - callout: before or after the executable.
    ///   - className: as it was registered.
    ///   - invocation: the attempt.
    /// - Returns: the answer, or that the server has ended the call.
    func call(_ callout: Callout, className: String, _ invocation: Invocation) async -> CalloutResult {
        guard let type = registry.callout(className) else {
            return .answered(.failed(text: "There is no Swift callout of the class name “\(className)”."))
        }
        let link = link(for: invocation)
        let context: SwiftJobContext
        do {
            context = try await makeContext(invocation, link)
        } catch {
            return .answered(.failed(text: "\(error)"))
        }
        let moment: SwiftCalloutMoment =
            callout == .preProcess
            ? .beforeExecutable : .afterExecutable(warned: invocation.request.executableState == .warning)
        let result = await outcome(in: invocation, link, limit: nil) {
            await SwiftJobOutcome.result(of: type.init(), context, moment)
        }
        link.close()
        return result ?? .endedByServer
    }

    /// Runs a job's code.
    ///
    /// - Parameters:
    ///   - invocation: source of the stop demand.
    ///   - link: cut when the code is fenced.
    ///   - limit: longest run without a demand.
    ///   - body: the code.
    /// - Returns: what the code returned; nil if it was fenced.
    private func outcome<Outcome: Sendable>(
        in invocation: Invocation,
        _ link: SwiftJobLink,
        limit: Duration?,
        _ body: @escaping @Sendable () async -> Outcome
    ) async -> Outcome? {
        let run = SwiftJobRun(fenced)
        let end = FirstResult<Outcome>()
        let event = FirstResult<Event>()
        let urgent = FirstResult<Void>()
        let task = AbandonableTask {
            let outcome = await body()
            run.end()
            end.deliver(outcome)
            event.deliver(.ended)
        }
        invocation.control.onStop { demand in
            task.cancel()
            event.deliver(.demanded(demand))
            if demand.grace <= .zero { urgent.deliver(()) }
        }
        let grace = await graceAfter(event, limit: limit)
        let outcome = await value(of: end, within: grace, unless: urgent)
        if outcome == nil {
            task.cancel()
            link.close()
            run.fence()
        }
        return outcome
    }

    private enum Event: Sendable {
        case ended
        case demanded(StopDemand)
    }

    /// Waits until the code has ended or must end.
    ///
    /// - Returns: how long the code may still take; nil if it has ended.
    private func graceAfter(_ event: FirstResult<Event>, limit: Duration?) async -> Duration? {
        let first: Event?
        if let limit {
            first = await withTaskGroup(of: Event?.self) { group in
                group.addTask { try? await event.value() }
                group.addTask {
                    try? await services.time.sleep(for: limit)
                    return nil
                }
                defer { group.cancelAll() }
                return await group.next() ?? nil
            }
        } else {
            first = try? await event.value()
        }
        switch first {
        case .ended: return nil
        case .demanded(let demand): return demand.grace
        // The limit is over, or the executor's own task was cancelled.
        case nil: return .zero
        }
    }

    /// What the code returned, if it did so within the grace; without a grace it has ended already. A demand without
    /// a grace, which may follow a gentler one, cuts the grace short.
    private func value<Outcome: Sendable>(
        of end: FirstResult<Outcome>,
        within grace: Duration?,
        unless urgent: FirstResult<Void>
    ) async -> Outcome? {
        guard let grace else { return end.abandon() }
        guard grace > .zero else { return end.abandon() }
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { try? await end.value() }
            group.addTask {
                try? await services.time.sleep(for: grace)
                return nil
            }
            group.addTask {
                try? await urgent.value()
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            // It may have ended at the last moment.
            for await last in group { if let last { return last } }
            return nil
        }
    }

    private func link(for invocation: Invocation) -> SwiftJobLink {
        let level = invocation.value("SYS_EXT_requestLogLevel").flatMap { JobLogLevel(parsing: $0) } ?? .info
        return SwiftJobLink(invocation.request, level: level, services: services)
    }

    private func makeContext(_ invocation: Invocation, _ link: SwiftJobLink) async throws -> SwiftJobContext {
        let templates = try invocation.effectiveParameters.map { parameter in
            let property = "The parameter \(parameter.name)"
            return (parameter.name, try parameter.value.map { try CallTemplate.parse($0, property: property) })
        }
        let values = try await tokens.values(of: templates.compactMap(\.1), for: invocation)
        let resolved = try templates.map { name, template in
            (name: name, value: try template?.resolved { token in try values.value(of: token) })
        }
        return SwiftJobContext(invocation, link: link, values: resolved)
    }
}
