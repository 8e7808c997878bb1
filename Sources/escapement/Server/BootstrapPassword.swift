import FoundationEssentials
import Logging
import SchedulerCore
import SchedulerHTTP
import Synchronization

/// The file with the password of the first start: goes when the user has another one (administration §5.1).
final class BootstrapPassword: Sendable {
    private let path: String
    private let logger: Logger
    /// Hash that was last held against the file.
    private let settled = Mutex<PasswordHashText?>(nil)

    init(path: String, logger: Logger) {
        self.path = path
        self.logger = logger
    }

    /// Removes the file unless its password is that of the user in this catalogue. Proving a password takes some
    /// 100 ms: it is done once for each that the user has.
    func compare(with catalogue: Catalogue) {
        guard let hash = catalogue.user(named: AdminBootstrap.name)?.passwordHash else { return }
        let isNew = settled.withLock { known in
            defer { known = hash }
            return known != hash
        }
        guard isNew, let bytes = FileManager.default.contents(atPath: path) else { return }
        let password = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
        if let proof = try? PasswordHash(parsing: hash.text), proof.verify(password) { return }
        do {
            try FileManager.default.removeItem(atPath: path)
            logger.notice("The password of the first start was changed; its file is removed")
        } catch {
            logger.warning("The file of a former password is not removed", metadata: ["error": "\(error)"])
        }
    }
}
