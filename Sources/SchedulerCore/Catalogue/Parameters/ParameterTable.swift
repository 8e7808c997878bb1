/// Parameters in the order of their first appearance, found by name and scope.
package struct ParameterTable: Hashable, Sendable {
    private struct Key: Hashable {
        let name: String
        let scope: String?
    }

    package private(set) var parameters: [Parameter] = []
    private var positions: [Key: Int] = [:]

    package init() {}

    /// A table of parameters that are merged already; the last of equals counts.
    package init(_ parameters: some Sequence<Parameter>) {
        for parameter in parameters { set(parameter) }
    }

    package subscript(name: String, scope scope: String? = nil) -> Parameter? {
        positions[Key(name: name, scope: scope)].map { parameters[$0] }
    }

    /// Puts the parameter in the place of the one with its key, or at the end.
    package mutating func set(_ parameter: Parameter) {
        let key = Key(name: parameter.name, scope: parameter.scope)
        if let position = positions[key] {
            parameters[position] = parameter
        } else {
            positions[key] = parameters.count
            parameters.append(parameter)
        }
    }
}
