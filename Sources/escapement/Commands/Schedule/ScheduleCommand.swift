import ArgumentParser

/// `escapement schedule`: looks at schedules.
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "See what schedules do.",
        subcommands: [PreviewVerb.self]
    )
}
