import ArgumentParser

/// `escapement forecast`: looks ahead.
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "See what will start.",
        subcommands: [ForecastList.self]
    )
}
