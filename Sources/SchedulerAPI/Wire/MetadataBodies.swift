package import SchedulerCore

/// Body of a copy: where to (administration §3).
package struct CopyBody: Hashable, Sendable {
    /// Nil = that of the original.
    package let package: String?
    package let name: String

    /// - Throws: the codes of decoding; ESS-05003 without a name.
    package init(json: [UInt8]) throws(SchedulerError) {
        let body = try JSONReader.read(json)
        try body.requireObject()
        package = try body.stringMember("package")
        name = try body.required("name").requireString()
    }
}

/// Body of a customisation.
package struct CustomizationBody: Hashable, Sendable {
    /// Text of a string, number or boolean.
    package let value: String

    /// - Throws: the codes of decoding; ESS-05003 without a value.
    package init(json: [UInt8]) throws(SchedulerError) {
        let body = try JSONReader.read(json)
        try body.requireObject()
        let given = try body.required("value")
        guard let text = given.scalarText else { throw SchedulerError(5002, given.path, "string") }
        value = text
    }
}
