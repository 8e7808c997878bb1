/// Why a value is refused.
package enum ValueMisfit: Error, Hashable, Sendable {
    /// It is not of the type or form named.
    case form(String)
    /// It is of the type, but outside the range named.
    case range(String)
    /// It is none of the values named.
    case choice([String])

    /// The refusal at submit; the value itself is named only where it is no secret.
    package func error(parameter: String, value: String, isSecret: Bool) -> SchedulerError {
        switch self {
        case .form(let name): SchedulerError(5006, parameter, name)
        case .range(let range): SchedulerError(5005, parameter, range)
        case .choice: SchedulerError(5004, ParameterMerge.quoted(value, isSecret: isSecret), parameter)
        }
    }

    /// The same for a document, to follow the name of the parameter.
    package var text: String {
        switch self {
        case .form(let name): "the value is no \(name)"
        case .range(let range): "the value is out of range \(range)"
        case .choice(let choices): "the value is none of \(choices.joined(separator: ", "))"
        }
    }
}
