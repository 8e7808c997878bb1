/// Checks the syntax of the tokens in parameter values at submit (runtime §9.4).
enum ParameterTokens {
    /// The texts that a shell gets as they are: its own `${…}` are none of ours (administration §5.7).
    private static let shellTexts: Set<String> = [
        "SYS_cmdLine", "SYS_EXT_cmdLine.Unix", "SYS_EXT_executableDir.Unix", "SYS_EXT_executableName",
        "SYS_EXT_executableSuffix.Unix",
    ]

    /// Checks merged parameters, those of the definition included. Fails with ESS-05026 naming the text that is no
    /// token.
    static func check(_ table: ParameterTable) throws(SchedulerError) {
        let usesShell = table["SYS_EXT_shell"]?.value?.lowercased() == "true"
        for parameter in table.parameters {
            guard let value = parameter.value, !(usesShell && shellTexts.contains(parameter.name)) else { continue }
            do throws(SchedulerError) {
                _ = try TokenTemplate(parsing: value)
            } catch {
                throw parameter.isSecret ? SchedulerError(5026, Parameter.maskedValue) : error
            }
        }
    }

    /// Whether a value that a caller submits asks for a secret, which only metadata may (administration §5.5).
    static func asksForSecret(_ value: String) -> Bool {
        (try? TokenTemplate(parsing: value))?.tokens.contains { $0.source == .secret } ?? false
    }
}
