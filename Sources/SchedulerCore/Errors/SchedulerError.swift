/// A refusal with its ESS code and the values of the placeholders of its message template.
///
/// It says nothing about HTTP: status, title and text come from `ErrorCatalogue`.
package struct SchedulerError: StoreRefusal, Hashable {
    package let code: ErrorCode
    /// Values for `{0}`, `{1}`, … of the template, in order. Never a secret.
    package let arguments: [String]

    package init(_ code: ErrorCode, _ arguments: String...) {
        self.init(code, arguments: arguments)
    }

    package init(_ code: ErrorCode, arguments: [String]) {
        self.code = code
        self.arguments = arguments
    }
}
