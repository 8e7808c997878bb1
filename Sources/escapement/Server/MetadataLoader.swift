import Crypto
import Documents
import FoundationEssentials
import Logging
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP

/// Brings the documents of the metadata directory into the store and the store's objects into the catalogue.
struct MetadataLoader {
    private static let adminName = "admin"
    private static let sealContext = "metadata"
    /// Random bytes of a bootstrap password; hexadecimal digits are twice as many.
    private static let passwordBytes = 16

    let store: any CatalogueStore
    let sealer: SecretSealer
    let directory: String?
    let catalogue: CatalogueHolder
    /// `auth.passwordMinLength`, in characters.
    let passwordMinLength: Int
    let logger: Logger

    /// Applies the directory, whole or not at all, then takes the store's objects for the catalogue.
    ///
    /// - Throws: `DocumentErrors` with all problems of all files; the catalogue stays as it was then.
    func load() async throws {
        let stored = try await store.metadata()
        if let directory {
            let known = try stored.map { try ObjectCodec.object(of: $0, openSecret: open) }
            let set = try DocumentDirectory.load(directory, beside: known)
            for warning in set.warnings { logger.warning("Metadata", metadata: ["problem": "\(warning)"]) }
            try await apply(set, over: stored)
        }
        let objects = try await store.metadata().map { try ObjectCodec.object(of: $0, openSecret: open) }
        catalogue.current = Catalogue(objects)
        logger.info("Metadata loaded", metadata: ["objects": "\(objects.count)"])
    }

    /// Objects whose document left the directory stay until somebody removes them.
    private func apply(_ set: DocumentSet, over stored: [StoredMetadata]) async throws {
        let documents = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0) })
        var objects = try set.objects.map { object in
            let id = object.id.description
            let document = try ObjectCodec.encode(
                object.content,
                unlessStored: documents[id]?.document,
                sealSecret: seal,
                openSecret: open
            )
            return (id: id, document: document)
        }
        let given = Set(objects.map(\.id))
        let left = stored.filter { $0.origin == MetadataOrigin.directory.rawValue && !given.contains($0.id) }
        objects += left.map { (id: $0.id, document: $0.document) }
        try await store.replaceMetadata(origin: MetadataOrigin.directory.rawValue, with: objects)
    }

    /// Creates the first user at the first start.
    ///
    /// - Parameters:
    ///   - password: of the environment; nil = a random one, written to `file`.
    ///   - file: of the random password; removed once a document of the directory has taken the user over.
    /// - Throws: `ServerFailure`, `StoreFault`.
    func ensureAdmin(password: String?, file: String) async throws {
        let id = MetadataObjectID(kind: .user, package: "", name: Self.adminName)
        if let admin = try await store.metadata().first(where: { $0.id == id.description }) {
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
            try? FileManager.default.removeItem(atPath: file)
            try DataDirectory.write(Array((chosen + "\n").utf8), to: file)
        }
        let user = User(
            name: Self.adminName,
            displayName: "Administrator",
            roles: ["EscapementAdmin"],
            passwordHash: PasswordHashText(try PasswordHash.scrypt(password: chosen).text)
        )
        let document = try ObjectCodec.encode(.user(user), sealSecret: seal)
        try await store.putMetadata(id: id.description, origin: MetadataOrigin.api.rawValue, document: document)
        logger.notice(
            "User admin created",
            metadata: ["password": "\(password == nil ? "in \(file)" : "from the environment")"]
        )
    }

    private static func randomPassword() -> String {
        let digits = Array("0123456789abcdef")
        return SymmetricKey(size: SymmetricKeySize(bitCount: passwordBytes * 8)).withUnsafeBytes { bytes in
            String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        }
    }

    private func seal(_ value: String) throws -> String { try sealer.seal(value, context: Self.sealContext) }

    private func open(_ stored: String) throws -> String { try sealer.open(stored, context: Self.sealContext) }
}
