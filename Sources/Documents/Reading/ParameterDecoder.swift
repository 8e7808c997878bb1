import SchedulerCore

/// Reads one declared parameter (administration §1.3).
struct ParameterDecoder {
    var reader: MemberReader
    let openSecret: ObjectDecoder.Opening

    mutating func parameter() -> Parameter? {
        let name = reader.string("name", isRequired: true)
        let type = type()
        let value = reader.scalarText("value")
        let isReadOnly = reader.boolean("readOnly") ?? false
        let isSecret = reader.boolean("secret") ?? false
        let ui = ui()
        reader.finish()
        guard let name else { return nil }
        return Parameter(
            name: name,
            type: SystemProperty.named(name)?.type ?? type,
            value: isSecret ? opened(value) : value,
            isReadOnly: isReadOnly,
            isSecret: isSecret,
            ui: ui
        )
    }

    private mutating func type() -> ParameterType {
        guard let text = reader.string("paramType") else { return .string }
        guard let type = ParameterType(rawValue: text) else {
            let types = ParameterType.allCases.map(\.rawValue).joined(separator: ", ")
            reader.report("paramType", "\(text) is none of \(types)")
            return .string
        }
        return type
    }

    private func opened(_ value: String?) -> String? {
        do {
            return try value.map(openSecret)
        } catch {
            reader.report("value", "the secret cannot be read")
            return nil
        }
    }

    private mutating func ui() -> ParameterUI? {
        guard let node = reader.node("ui"), var reader = MemberReader(node, reader.path(of: "ui"), reader.collector)
        else { return nil }
        let choices = reader.list("choices")?.compactMap { reader.scalarText($0) }
        let ui = ParameterUI(
            prompt: reader.string("prompt"),
            tooltip: reader.string("tooltip"),
            isHidden: reader.boolean("hidden") ?? false,
            isRequired: reader.boolean("required") ?? false,
            choices: choices,
            pattern: reader.string("pattern"),
            min: reader.scalarText("min"),
            max: reader.scalarText("max")
        )
        reader.finish()
        return ui
    }
}
