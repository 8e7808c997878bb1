/// Something wrong, or worth knowing, in one member of one object (administration §1.4).
package struct CatalogueProblem: Hashable, Sendable {
    package enum Severity: Hashable, Sendable {
        case error
        case warning
    }

    package let severity: Severity
    package let object: MetadataObjectID
    /// JSON pointer (RFC 6901) into the object's document; empty = the whole.
    package let path: String
    /// ESS-30002 (document), 30003 (missing reference) or 30007 (built in).
    package let code: ErrorCode
    package let message: String
    /// The object referred to that does not exist, with code 30003.
    package let missing: MetadataObjectID?

    package init(
        _ object: MetadataObjectID,
        _ path: String,
        _ message: String,
        code: ErrorCode = 30002,
        severity: Severity = .error,
        missing: MetadataObjectID? = nil
    ) {
        self.severity = severity
        self.object = object
        self.path = path
        self.code = code
        self.message = message
        self.missing = missing
    }
}
