import SchedulerCore

/// What a caller says an object must be for a change to be made (RFC 9110 §13.1).
package enum MetadataPrecondition: Hashable, Sendable {
    /// Nothing was said.
    case none
    /// `If-Match: *`: whatever is there.
    case present
    /// `If-Match` with the versions of tags.
    case versions(Set<Int>)
    /// `If-None-Match: *`: nothing may be there.
    case absent

    /// Refuses a change that the precondition forbids.
    ///
    /// - Parameters:
    ///   - id: of the object.
    ///   - version: of the object; 0 = there is none.
    /// - Throws: ESS-30006, ESS-30005.
    func check(_ id: MetadataObjectID, version: Int) throws(SchedulerError) {
        let holds: Bool
        switch self {
        case .none: throw SchedulerError(30006, id.description)
        case .present: holds = version > 0
        case .versions(let versions): holds = versions.contains(version) && version > 0
        case .absent: holds = version == 0
        }
        guard holds else { throw SchedulerError(30005, id.description, String(version)) }
    }
}
