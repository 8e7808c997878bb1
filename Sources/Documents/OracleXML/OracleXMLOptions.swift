/// What the files do not say themselves (administration §3).
package struct OracleXMLOptions: Hashable, Sendable {
    /// Name of the file in the report.
    package var source: String
    /// Package of objects that name none: Oracle keeps it in the path of the file.
    package var package: String?
    /// `application` of definitions and sets that name none.
    package var application: String?
    /// IANA id; zone of schedules that name none.
    package var zone: String?
    /// Whether what `recurrence.extensions: false` refuses is an error.
    package var isStrict: Bool

    package init(
        source: String,
        package: String? = nil,
        application: String? = nil,
        zone: String? = nil,
        isStrict: Bool = false
    ) {
        self.source = source
        self.package = package
        self.application = application
        self.zone = zone
        self.isStrict = isStrict
    }
}
