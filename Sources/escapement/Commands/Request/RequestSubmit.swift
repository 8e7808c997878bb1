import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request submit`.
struct RequestSubmit: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submit a request and print its id.",
        discussion: """
            A parameter is NAME=VALUE. Its type is the one that the definition declares, or STRING when it \
            declares none; NAME:TYPE=VALUE gives it, TYPE being BOOLEAN, INTEGER, LONG, DATETIME or STRING.

            A schedule is the id of a stored one, such as Schedule://acme/Daily, or a rule of RFC 5545, such as \
            FREQ=DAILY;BYHOUR=6; the request that is printed then makes one instance at a time.

            With --sub-request a running job submits in its own name: ESS_BASE_URL and ESS_REQUEST_CONTEXT, which \
            it was started with, replace the sign-in. The sub-request starts when the job pauses.

            With --wait the exit status tells how the request ended: 0 SUCCEEDED, FINISHED or WARNING, 20 ERROR, \
            21 WARNING with --strict, 22 CANCELLED, 23 EXPIRED or VALIDATION_FAILED, 24 not within --timeout.
            """
    )

    @Option(help: "Job definition or job set, such as JobDefinition://acme/gl/ImportJournals.")
    var definition: String

    @Option(
        name: .customLong("param"),
        parsing: .singleValue,
        help: ArgumentHelp("Parameter of the request; may be given repeatedly.", valueName: "name=value")
    )
    var parameters: [String] = []

    @Option(help: "Earliest start, such as 2027-03-01T09:10:00Z; else now.")
    var start: String?

    @Option(help: "Stored schedule or rule; else it runs once.")
    var schedule: String?

    @Flag(name: .customLong("sub-request"), help: "In a running job: submit a sub-request of it.")
    var actsForJob = false

    @Flag(help: "Wait until the request has ended.")
    var wait = false

    @Flag(help: "Wait, and pass the log on to standard output.")
    var follow = false

    @Flag(help: "With --wait or --follow: count WARNING as a failure.")
    var strict = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        for text in parameters where RequestParameterBody(argument: text) == nil {
            throw ValidationError("--param takes NAME=VALUE, not \"\(text)\".")
        }
        if actsForJob, schedule != nil || start != nil {
            throw ValidationError("A sub-request has neither --schedule nor --start.")
        }
        if actsForJob, wait || follow {
            throw ValidationError("A sub-request starts when its job pauses; the job cannot wait for it here.")
        }
        if follow, connection.output != .table {
            throw ValidationError(
                "--follow passes text on; it does not go with --output \(connection.output.rawValue)."
            )
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        var submission = SubmitInput(jobDefinitionId: definition)
        submission.requestParameters = parameters.compactMap(RequestParameterBody.init(argument:))
        submission.startTime = start
        submission.schedule = schedule.map(ScheduleChoice.init(argument:))
        submission.requestExecutionContext = session.job?.context
        let reply = try await submit(submission, by: session.client)
        let id = reply.requestId.value
        guard wait || follow else {
            let id = String(id)
            try session.show(reply, quiet: { [id] }, table: { id })
            return .done
        }
        session.message("request \(id) submitted")
        let waiter = RequestWaiter(session: session)
        let details = try await follow ? waiter.follow(id, lines: nil) : waiter.end(of: id)
        if !follow { try RequestOutcome(details: details).show(in: session) }
        return try waiter.verdict(on: details, strict: strict, isShown: !follow)
    }

    /// Submits; parameters whose type the server misses, because nobody declared it, get one then. The
    /// refused call has changed nothing, so submitting again makes one request.
    private func submit(_ submission: SubmitInput, by client: ServerClient) async throws -> SubmittedView {
        var submission = submission
        while true {
            do {
                return try await client.send(.submit(submission))
            } catch let failure as ClientFailure where failure.errorCode == "ESS-05003" {
                guard submission.typeUndeclaredParameter(accordingTo: failure.message) else { throw failure }
            }
        }
    }
}
