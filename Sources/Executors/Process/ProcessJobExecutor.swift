package import Logging
package import SchedulerCore

/// Runs process jobs (runtime §9.1): turns a request into a process, and what becomes of it into an outcome.
package struct ProcessJobExecutor: JobExecutor {
    private let supervisor: ProcessSupervisor
    private let content: any ContentStore & ContentWriting
    private let tokens: TokenResolver
    private let time: any TimeSource
    private let logger: Logger
    private let settings: @Sendable () -> ProcessJobSettings

    /// - Parameters:
    ///   - supervisor: of the whole server.
    ///   - content: keeps logs and outputs.
    ///   - tokens: finds properties and secrets.
    ///   - time: stamps lines in the logs of requests.
    ///   - logger: for what concerns the operator, not the job.
    ///   - settings: asked anew for every process.
    package init(
        supervisor: ProcessSupervisor,
        content: any ContentStore & ContentWriting,
        tokens: TokenResolver = TokenResolver(),
        time: any TimeSource,
        logger: Logger = Logger(label: "processes"),
        settings: @escaping @Sendable () -> ProcessJobSettings
    ) {
        self.supervisor = supervisor
        self.content = content
        self.tokens = tokens
        self.time = time
        self.logger = logger
        self.settings = settings
    }

    package func execute(_ invocation: Invocation) async -> InvocationResult {
        let control = invocation.control
        guard control.stopDemand == nil else { return .endedByServer }
        let job: PreparedJob
        do {
            job = try await prepare(invocation)
        } catch {
            return .ended(.systemError("The process could not be started: \(error)."))
        }
        guard await control.record(job.process.identity) else {
            await job.process.abandon()
            guard control.stopDemand == nil else { return .endedByServer }
            return .ended(.systemError("The process was not started: its attempt is over or could not be recorded."))
        }
        // The store may have taken its time: what was told to end meanwhile does not begin.
        guard control.stopDemand == nil else {
            await job.process.abandon()
            return .endedByServer
        }
        let process = job.process.release()
        control.onStop { demand in process.terminate(reason: demand.reason, grace: demand.grace) }
        let outcome = await process.outcome()
        await collectOutputs(of: invocation.request, from: job.directories)
        if let code = outcome.outputError {
            let error = ProcessSystemError.text(of: code)
            logger.error("Output of a job is lost", metadata: invocation.request.logMetadata(error: error))
        }
        return result(of: outcome, job)
    }

    /// Processes are told by signals alone.
    package func callCancel(_ invocation: Invocation) async -> CancelCallAnswer { .answered }

    // MARK: Start

    private struct PreparedJob {
        let process: PreparedProcess
        let directories: RequestDirectories
        let exitCodes: ExitCodeMap
        let user: JobUser
    }

    private func prepare(_ invocation: Invocation) async throws -> PreparedJob {
        let settings = settings()
        let id = invocation.request.id
        let order = try ProcessJobOrder(invocation, allowsShell: settings.allowsShell)
        let values = try await tokens.values(of: order.templates, for: invocation)
        func text(_ template: TokenTemplate) throws(TokenError) -> String {
            try template.resolved { token throws(TokenError) in try values.value(of: token) }
        }

        let user = try settings.users.user(for: order.user, lookUp: JobUser.lookUp)
        let root = try order.workDirectoryRoot.map(text) ?? settings.workDirectory
        let directories = try RequestDirectories.create(in: root, for: id, owner: user)
        try directories.removePausedState()

        var definition: [String: String] = [:]
        for (name, value) in order.environment { definition[name] = try text(value) }
        var shell: [String: String] = [:]
        if case .shell = order.command { shell = ShellCommand.variables(for: invocation.requestTokenValues) }
        let environment = JobEnvironment(
            server: settings.serverEnvironment,
            allowed: settings.environmentNames,
            definition: definition,
            shell: shell,
            facts: invocation.environmentFacts(in: directories)
        )
        let specification = ProcessSpecification(
            arguments: try order.arguments(values),
            environment: environment.variables,
            workingDirectory: directories.work,
            log: .init(path: try content.logPath(of: id), cap: settings.maxLogSize),
            redirectedOutput: try order.redirectedOutput.map { template in
                try output(named: try text(template), of: id, cap: settings.maxOutputSize)
            },
            user: user,
            limits: settings.limits.lower(of: order.limits),
            markVariable: Invocation.handleVariable
        )
        return PreparedJob(
            process: try await supervisor.prepare(specification),
            directories: directories,
            exitCodes: order.exitCodes,
            user: user
        )
    }

    /// An output that takes standard output: of a path its last part counts.
    private func output(named path: String, of id: RequestID, cap: Int64) throws -> ProcessSpecification.Sink {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard OutputName.isAllowed(name) else {
            throw ProcessSettingError("SYS_redirectedOutputFile is no name of an output")
        }
        return .init(path: "\(try content.outputDirectory(of: id))/\(name)", cap: cap, replaces: true)
    }

    // MARK: End

    private func result(of outcome: ProcessOutcome, _ job: PreparedJob) -> InvocationResult {
        // Whatever it made of the server's signal (runtime §3.1).
        guard outcome.stoppedFor == nil else { return .endedByServer }
        let line = outcome.lastErrorLine
        switch outcome.ending {
        case .failedToStart(let failure):
            return .ended(.systemError("The process was not started: \(failure)."))
        case .signalled(let signal):
            return .ended(failure(line, "The process was ended by signal \(signal).", cause: .processKilled))
        case .exited(let code):
            switch job.exitCodes.meaning(of: code) {
            case .cancelled: return .ended(.cancelled(text: line))
            case .paused: return .ended(paused(job))
            case .success: return .ended(.success)
            case .warning: return .ended(.warning(text: line))
            case .businessError: return .ended(.businessError(text: line))
            case .failure:
                return .ended(failure(line, "The process ended with exit code \(code).", cause: .processSystemError))
            }
        }
    }

    private func failure(_ line: String?, _ ending: String, cause: Cause) -> ExecutableOutcome {
        .systemError(cause: cause, text: line ?? ending, detail: line == nil ? nil : ending, retryAfter: nil)
    }

    private func paused(_ job: PreparedJob) -> ExecutableOutcome {
        do {
            return .paused(state: try job.directories.pausedState(limit: Limits.pausedStateBytes, of: job.user))
        } catch {
            return .systemError("The paused state could not be read: \(error).")
        }
    }

    /// Copying may take long: it has a thread of its own, unless there is nothing to copy.
    private func collectOutputs(of request: JobRequest, from directories: RequestDirectories) async {
        guard directories.hasOutputs else { return }
        do {
            let collection = try await ProcessThread.run { [content] in
                try content.collectOutputs(from: directories.out, of: request.id)
            }
            for remark in collection.remarks {
                try content.appendLog(remark, of: request.id, level: .warning, at: time.now())
            }
        } catch {
            logger.error("Outputs not stored", metadata: request.logMetadata(error: "\(error)"))
        }
    }
}
