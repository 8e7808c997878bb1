import ArgumentParser

/// `escapement config show`: what is in force, and why.
struct ConfigShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print every key with its effective value and where that comes from.",
        discussion: ConfigurationArguments.help
    )

    @Option(help: OutputForm.help)
    var output: OutputForm = .table

    @OptionGroup var arguments: ConfigurationArguments

    func run() throws {
        try Self.show(
            ConfigurationReading(
                table: .server,
                arguments: arguments.flags,
                environment: ProcessSurroundings.environment,
                host: .system
            ),
            host: .system,
            form: output,
            console: .standard
        )
    }

    /// Shows the settings, also when some are wrong: then it throws what is wrong afterwards.
    static func show(
        _ reading: ConfigurationReading,
        host: ConfigurationHost,
        form: OutputForm,
        console: ClientConsole
    ) throws {
        switch form {
        case .table:
            let rows = reading.settings.map { [$0.key.name, $0.shownText, $0.origin.description] }
            try console.data(TextTable.render(header: ["KEY", "VALUE", "ORIGIN"], rows: rows))
        case .json, .yaml:
            let settings = reading.settings.map { setting in
                ReplyValue.object([
                    "key": .text(setting.key.name), "origin": .text(setting.origin.description),
                    "value": json(setting),
                ])
            }
            try console.data(form.text(of: .list(settings)))
        }
        let judgement = ConfigurationJudgement(settings: reading.settings, host: host)
        for warning in judgement.warnings { console.message("configuration warning: \(warning)") }
        let problems = reading.problems + judgement.contradictions
        guard problems.isEmpty else { throw ConfigurationFailure(problems: problems) }
    }

    /// Numbers, flags and lists as JSON has them; durations and sizes as the configuration writes them.
    private static func json(_ setting: ConfigurationSetting) -> ReplyValue {
        if setting.key.isSecret { return .text(setting.shownText) }
        return switch setting.value {
        case .none: .null
        case .flag(let flag): .flag(flag)
        case .whole(let number): .whole(Int64(number))
        case .list(let items): .list(items.map(ReplyValue.text))
        case .duration, .size, .text: .text(setting.shownText)
        }
    }
}
