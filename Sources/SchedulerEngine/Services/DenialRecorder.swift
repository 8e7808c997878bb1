package import Logging
package import SchedulerCore

/// Keeps denied writes in the audit trail (administration §5.9).
package struct DenialRecorder: Sendable {
    private static let codes: Set<ErrorCode> = [2002, 2003, 2004, 2005, 30008, 31002]

    private let store: any RequestStore
    private let logger: Logger

    package init(store: any RequestStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Records the error if it is a denial. A trail that cannot be written does not turn the denial into a success.
    package func record(_ error: SchedulerError, entry: AuditEntry, target: RequestID) async {
        await record(error, entry: entry, targetKind: "Request", targetID: target.description)
    }

    /// The same for a metadata object.
    package func record(_ error: SchedulerError, entry: AuditEntry, target: MetadataObjectID) async {
        await record(error, entry: entry, targetKind: target.kind.rawValue, targetID: target.description)
    }

    /// The same for nodes.
    package func record(_ error: SchedulerError, entry: AuditEntry, target: QuiesceTarget) async {
        let (kind, id) = target.auditTarget
        await record(error, entry: entry, targetKind: kind, targetID: id)
    }

    /// The same for anything else.
    package func record(_ error: SchedulerError, entry: AuditEntry, targetKind: String, targetID: String) async {
        guard Self.codes.contains(error.code) else { return }
        do {
            let record = AuditRecord(
                time: try await store.now(),
                entry: entry,
                targetKind: targetKind,
                targetID: targetID,
                outcome: .denied,
                errorCode: error.code
            )
            try await store.append(record)
        } catch {
            logger.error("Denial not recorded", metadata: ["error": "\(error)"])
        }
    }
}
