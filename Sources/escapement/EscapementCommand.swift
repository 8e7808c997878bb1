import ArgumentParser

/// The program: server, administration and client in one.
@main
struct EscapementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "escapement",
        abstract: "A job scheduler that speaks the Oracle Enterprise Scheduler REST API.",
        discussion: """
            Exit status: 0 done, 1 other failure, 2 usage, 3 bad input, 4 not signed in or not permitted, \
            5 not found, 6 conflict, 7 server unavailable, 8 metadata plan found changes, \
            20 to 24 how a request that was waited for ended \
            (error, warning with --strict, cancelled, never ran, not in time), 78 configuration, 130 interrupted.
            """,
        subcommands: [
            ServeCommand.self, RequestCommand.self, MetadataCommand.self, ObjectCommand<TypeNoun>.self,
            ObjectCommand<DefinitionNoun>.self, ObjectCommand<JobSetNoun>.self, ObjectCommand<ScheduleNoun>.self,
            ObjectCommand<ExclusionsNoun>.self, ObjectCommand<IncompatibilityNoun>.self,
            ObjectCommand<WorkshiftNoun>.self, ObjectCommand<AssignmentNoun>.self, ObjectCommand<PolicyNoun>.self,
            ObjectCommand<UserNoun>.self, ObjectCommand<RoleNoun>.self, ObjectCommand<GrantNoun>.self,
            SecretCommand.self, ForecastCommand.self, NodeCommand.self, ClusterCommand.self, ConfigCommand.self,
            HashPasswordCommand.self,
            VersionCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try command(for: nil)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            CommandEnd.exit(after: error)
        }
    }

    /// The command that the arguments ask for, with their values; nil = those of the process.
    static func command(for arguments: [String]?) throws -> any ParsableCommand { try parseAsRoot(arguments) }
}
