import ArgumentParser
import SchedulerAPI

/// A client command: has the common options and does its work in a session.
protocol ClientVerb: AsyncParsableCommand, Sendable {
    var connection: ConnectionOptions { get }

    /// What to ask the person at the terminal before the work; nil = nothing.
    var question: String? { get }

    /// Whether the running job that the command is called in stands for the sign-in.
    var actsForJob: Bool { get }

    /// The work itself.
    ///
    /// - Returns: the exit status when nothing failed.
    func perform(in session: ClientSession) async throws -> ClientExit
}

extension ClientVerb {
    var question: String? { nil }
    var actsForJob: Bool { false }

    func run() async throws {
        Interrupt.install()
        let surroundings = ClientSurroundings.system(environment: ProcessSurroundings.environment)
        let context = try ClientContext.load(connection.context, surroundings)
        let exit = try await NetworkTransport.use(caFile: connection.caFile ?? context.caFile) { transport in
            try await execute(surroundings, transport: transport, console: .standard, waiting: .system)
        }
        if exit != .done { throw ExitCode(exit.rawValue) }
    }

    /// Does the work with the given surroundings, within the time that the options allow.
    func execute(
        _ surroundings: ClientSurroundings,
        transport: any ClientTransport,
        console: ClientConsole,
        waiting: Waiting
    ) async throws -> ClientExit {
        if let question, !connection.yes, surroundings.confirm(question) == false {
            throw ClientFailure(exit: .other, message: "nothing was done")
        }
        let context = try ClientContext.load(connection.context, surroundings)
        let job = actsForJob ? try JobContext(surroundings.environment) : nil
        let client = ServerClient(
            server: try job?.server ?? connection.server(surroundings, context: context),
            credentials: job == nil ? try connection.credentials(surroundings, context: context) : nil,
            transport: transport
        )
        let session = ClientSession(
            client: client,
            console: console,
            waiting: waiting,
            form: connection.output,
            isQuiet: connection.quiet,
            job: job,
            readDocuments: surroundings.readDocuments,
            writeFile: surroundings.writeFile,
            readSecret: surroundings.readSecret
        )
        if client.credentials != nil, !client.server.isSecure, !HostName.isLoopback(client.server.host) {
            session.message("warning: signing in to \(client.server.text) without TLS; others can read the password")
        }
        return try await waiting.within(connection.timeout?.duration) { try await perform(in: session) }
    }
}
