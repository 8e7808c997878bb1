/// One parameter of a request as its job sees it.
public struct SwiftJobParameter: Hashable, Sendable {
    /// Case-sensitive.
    public let name: String
    /// Text with its tokens replaced; nil where the parameter is declared without a value.
    public let value: String?

    /// - Parameters:
    ///   - name: of the parameter.
    ///   - value: its text.
    public init(name: String, value: String?) {
        self.name = name
        self.value = value
    }
}
