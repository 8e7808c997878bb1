import Crypto
import Documents
import FoundationEssentials
import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP

/// Creates the first user at the first start, on one node only.
struct AdminBootstrap {
    static let name = "admin"
    /// Random bytes of a bootstrap password; hexadecimal digits are twice as many.
    private static let passwordBytes = 16

    let store: any CatalogueStore
    let secrets: MetadataSecrets
    /// `auth.passwordMinLength`, in characters.
    let passwordMinLength: Int
    let logger: Logger

    /// Creates the user unless there is one.
    ///
    /// - Parameters:
    ///   - password: of the environment; nil = a random one, written to `file`.
    ///   - file: of the random password; removed once a document of the directory has taken the user over.
    /// - Throws: `ServerFailure`, `StoreFault`.
    func ensure(password: String?, file: String) async throws {
        let id = MetadataObjectID(kind: .user, package: "", name: Self.name).description
        let draft = file + ".new"
        if let admin = try await store.metadata().first(where: { $0.id == id }) {
            settle(draft, file, admin)
            if admin.origin == MetadataOrigin.directory.rawValue { try? FileManager.default.removeItem(atPath: file) }
            return
        }
        if let password, password.count < passwordMinLength {
            logger.warning(
                "The password of the environment is shorter than auth.passwordMinLength",
                metadata: ["characters": "\(passwordMinLength)"]
            )
        }
        let chosen = password ?? Self.randomPassword()
        if password == nil {
            // On disk before it counts, under a name that promises nothing: another node may be quicker.
            try? FileManager.default.removeItem(atPath: draft)
            try DataDirectory.write(Array((chosen + "\n").utf8), to: draft)
        }
        let isCreated = try await store.putMetadata(
            id: id,
            origin: MetadataOrigin.api.rawValue,
            document: try document(password: chosen),
            unlessPresent: true
        )
        guard isCreated else {
            try? FileManager.default.removeItem(atPath: draft)
            logger.info("User admin was created by another node")
            return
        }
        if password == nil { try DataDirectory.rename(draft, to: file) }
        logger.notice(
            "User admin created",
            metadata: ["password": "\(password == nil ? "in \(file)" : "from the environment")"]
        )
    }

    private func document(password: String) throws -> String {
        let user = User(
            name: Self.name,
            displayName: "Administrator",
            roles: ["EscapementAdmin"],
            passwordHash: PasswordHashText(try PasswordHash.scrypt(password: password).text)
        )
        return try ObjectCodec.encode(.user(user), sealSecret: secrets.seal)
    }

    /// A start that died between creating the user and telling the password has left that in its draft.
    private func settle(_ draft: String, _ file: String, _ admin: StoredMetadata) {
        guard let bytes = FileManager.default.contents(atPath: draft) else { return }
        let password = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
        if case .user(let user)? = try? ObjectCodec.object(of: admin, openSecret: secrets.open).content,
            let text = user.passwordHash?.text, let hash = try? PasswordHash(parsing: text), hash.verify(password),
            (try? DataDirectory.rename(draft, to: file)) != nil
        {
            return
        }
        try? FileManager.default.removeItem(atPath: draft)
    }

    private static func randomPassword() -> String {
        let digits = Array("0123456789abcdef")
        return SymmetricKey(size: SymmetricKeySize(bitCount: passwordBytes * 8)).withUnsafeBytes { bytes in
            String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        }
    }
}
