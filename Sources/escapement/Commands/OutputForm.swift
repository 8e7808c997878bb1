import ArgumentParser
import Documents

/// Form of what a command prints on standard output.
enum OutputForm: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, json, yaml

    static let help: ArgumentHelp = "Form of the output: table, json or yaml."

    /// A whole value for a program, without line end; tables show what people want to know of it instead.
    func text(of value: ReplyValue) throws -> String {
        let json = try value.json()
        guard self == .yaml, let yaml = YAMLText.text(json: json) else { return String(decoding: json, as: UTF8.self) }
        return String(yaml.dropLast())
    }
}
