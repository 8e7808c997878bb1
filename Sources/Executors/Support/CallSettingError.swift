/// A property of a remote job that cannot be used; the text names the property, never its value.
struct CallSettingError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
