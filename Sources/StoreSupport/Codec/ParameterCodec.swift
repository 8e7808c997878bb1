package import SchedulerCore

/// Merged parameters as bytes; nil where there are none.
package enum ParameterCodec {
    /// Bits of the byte that opens each parameter and each `ui`.
    private enum Flag {
        static let readOnly: UInt8 = 1
        static let secret: UInt8 = 2
        static let declaresUI: UInt8 = 4
        static let submitted: UInt8 = 8

        static let hidden: UInt8 = 1
        static let required: UInt8 = 2
        static let limitsChoices: UInt8 = 4
    }

    package static func encode(_ parameters: [Parameter]) -> [UInt8]? {
        guard !parameters.isEmpty else { return nil }
        var writer = PackedWriter()
        writer.integer(Int64(parameters.count))
        for parameter in parameters {
            writer.byte(
                (parameter.isReadOnly ? Flag.readOnly : 0) | (parameter.isSecret ? Flag.secret : 0)
                    | (parameter.ui != nil ? Flag.declaresUI : 0) | (parameter.isSubmitted ? Flag.submitted : 0)
            )
            writer.text(parameter.name)
            writer.integer(StoredCodes.parameterTypes.code(parameter.type))
            writer.optionalText(parameter.value)
            writer.optionalText(parameter.scope)
            if let ui = parameter.ui { encode(ui, to: &writer) }
        }
        return writer.bytes
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> [Parameter] {
        var reader = PackedReader(bytes)
        var parameters: [Parameter] = []
        for _ in 0..<(try reader.count()) {
            let flags = try reader.byte()
            let name = try reader.text()
            let type = try StoredCodes.parameterTypes.value(reader.integer())
            let value = try reader.optionalText()
            let scope = try reader.optionalText()
            parameters.append(
                Parameter(
                    name: name,
                    type: type,
                    value: value,
                    scope: scope,
                    isReadOnly: flags & Flag.readOnly != 0,
                    isSecret: flags & Flag.secret != 0,
                    ui: flags & Flag.declaresUI != 0 ? try decodeUI(&reader) : nil,
                    isSubmitted: flags & Flag.submitted != 0
                )
            )
        }
        return parameters
    }

    private static func encode(_ ui: ParameterUI, to writer: inout PackedWriter) {
        writer.byte(
            (ui.isHidden ? Flag.hidden : 0) | (ui.isRequired ? Flag.required : 0)
                | (ui.choices != nil ? Flag.limitsChoices : 0)
        )
        writer.optionalText(ui.prompt)
        writer.optionalText(ui.tooltip)
        writer.optionalText(ui.pattern)
        writer.optionalText(ui.min)
        writer.optionalText(ui.max)
        guard let choices = ui.choices else { return }
        writer.integer(Int64(choices.count))
        for choice in choices { writer.text(choice) }
    }

    private static func decodeUI(_ reader: inout PackedReader) throws(StoreFault) -> ParameterUI {
        let flags = try reader.byte()
        var ui = ParameterUI(isHidden: flags & Flag.hidden != 0, isRequired: flags & Flag.required != 0)
        ui.prompt = try reader.optionalText()
        ui.tooltip = try reader.optionalText()
        ui.pattern = try reader.optionalText()
        ui.min = try reader.optionalText()
        ui.max = try reader.optionalText()
        guard flags & Flag.limitsChoices != 0 else { return ui }
        var choices: [String] = []
        for _ in 0..<(try reader.count()) { choices.append(try reader.text()) }
        ui.choices = choices
        return ui
    }
}
