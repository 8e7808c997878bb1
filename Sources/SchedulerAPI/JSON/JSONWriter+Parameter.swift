import SchedulerCore

extension JSONWriter {
    /// Writes a parameter; one without value by its name alone, where it has one with its scope (REST §3.1).
    ///
    /// - Parameters:
    ///   - name: of the parameter.
    ///   - type: nil where nobody has said it.
    ///   - value: as readers may see it.
    ///   - scope: dotted step path; nil: all steps.
    mutating func parameter(_ name: String, type: ParameterType?, value: String?, scope: String?) {
        beginObject()
        member(Self.nameName, name)
        if value != nil { member(Self.paramTypeName, type?.rawValue) }
        member(Self.scopeName, scope)
        member(Self.valueName, value)
        endObject()
    }

    private static let nameName: JSONName = "name"
    private static let paramTypeName: JSONName = "paramType"
    private static let scopeName: JSONName = "scope"
    private static let valueName: JSONName = "value"
}
