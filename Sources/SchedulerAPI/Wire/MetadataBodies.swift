package import SchedulerCore

/// Body of a copy: where to (administration §3).
package struct CopyBody: WireBody {
    /// Nil = that of the original.
    package let package: String?
    package let name: String

    /// - Throws: the codes of decoding; ESS-05003 without a name.
    package init(_ body: JSONValue) throws(SchedulerError) {
        package = try body.stringMember("package")
        name = try body.required("name").requireString()
    }
}

/// Body of a customisation.
package struct CustomizationBody: WireBody {
    /// Text of a string, number or boolean.
    package let value: String

    /// - Throws: the codes of decoding; ESS-05003 without a value.
    package init(_ body: JSONValue) throws(SchedulerError) {
        let given = try body.required("value")
        guard let text = given.scalarText else { throw SchedulerError(5002, given.path, "string") }
        value = text
    }
}
