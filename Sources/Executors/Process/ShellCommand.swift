/// A command for `/bin/sh -c`, `SYS_EXT_shell=true` (administration §5.7).
///
/// The text goes to the shell as it was written; nothing is pasted into it, so no value can become code. Every name
/// `x` that `${ESS_REQ:x}` knows reaches it as the variable `ESC_x` instead, with each character of `x` that is no
/// letter or digit as `_`: `submit.argument1` is `"$ESC_submit_argument1"`. Properties (`SYS_…`) are not passed on.
/// Secrets and environment values reach it through `SYS_environmentVariables`.
package enum ShellCommand {
    package static let shell = "/bin/sh"
    package static let variablePrefix = "ESC_"

    package static func arguments(for text: String) throws(ProcessSettingError) -> [String] {
        guard !text.allSatisfy(\.isWhitespace) else { throw ProcessSettingError("the command is empty") }
        guard !text.utf8.contains(0) else { throw ProcessSettingError("the command contains a NUL") }
        return [shell, "-c", text]
    }

    /// - Parameter values: of the names that tokens may use. Of two names that give one variable the first counts.
    /// - Returns: values by name of the variable.
    package static func variables(for values: [(name: String, value: String)]) -> [String: String] {
        var variables: [String: String] = [:]
        for (name, value) in values where !name.uppercased().hasPrefix("SYS_") {
            let variable = variableName(for: name)
            if variables[variable] == nil { variables[variable] = value }
        }
        return variables
    }

    package static func variableName(for name: String) -> String {
        let plain = name.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
        }
        return variablePrefix + String(plain)
    }
}
