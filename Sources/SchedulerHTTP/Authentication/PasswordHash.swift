import FoundationEssentials

/// The stored form of a password: a `passwordHash` member of a User document (administration
/// specification §5.1).
///
/// Two forms are read, both salted and deliberately slow:
///
///     $scrypt$ln=15,r=8,p=1$<salt>$<hash>
///     $pbkdf2-sha256$i=310000$<salt>$<hash>
///
/// Salt and hash are base64 without padding. The second form is also read as other tools print it,
/// with the bare number `310000` for `i=310000` and `.` for `+`. Only the first form is ever written.
///
/// Deriving a key takes some 100 ms and up to ``ScryptCost/memoryMaxBytes`` of memory by design, so
/// callers keep it off the event loops and bound how many run at once.
package struct PasswordHash: Sendable, Equatable {
    /// How the hash was made.
    package enum Scheme: Sendable, Equatable {
        case scrypt(ScryptCost)
        /// PBKDF2 with HMAC-SHA-256 and this many rounds.
        case pbkdf2(rounds: Int)
    }

    package let scheme: Scheme
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// Shortest and longest salt, in bytes; below the minimum equal passwords could share a hash.
    package static let saltBytes = 8...64
    /// Shortest and longest hash, in bytes; below the minimum a guess could hit it by chance.
    package static let hashBytes = 16...64
    /// Rounds of PBKDF2 that are accepted: below is worthless, above holds a core for seconds.
    package static let pbkdf2Rounds = 10_000...2_000_000
    /// Longest password in bytes of UTF-8, so that a request cannot make hashing the input dear.
    package static let passwordMaxBytes = 1024
    /// Salt and hash of the hashes that we make, in bytes.
    private static let newSaltBytes = 16
    private static let newHashBytes = 32

    /// Reads the text form; refuses what it does not understand and costs outside the limits.
    package init(parsing text: String) throws(PasswordHashError) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count > 2, parts[0].isEmpty else { throw .malformed }
        guard ["scrypt", "pbkdf2-sha256"].contains(parts[1]) else { throw .unknownScheme }
        guard parts.count == 5 else { throw .malformed }
        scheme =
            parts[1] == "scrypt"
            ? .scrypt(try ScryptCost(parsing: parts[2]))
            : .pbkdf2(rounds: try Self.rounds(parts[2]))
        guard let salt = Self.decode(parts[3]), let hash = Self.decode(parts[4]) else { throw .malformed }
        guard Self.saltBytes.contains(salt.count) else { throw .outOfRange("salt length") }
        guard Self.hashBytes.contains(hash.count) else { throw .outOfRange("hash length") }
        self.salt = salt
        self.hash = hash
    }

    private init(scheme: Scheme, salt: [UInt8], hash: [UInt8]) {
        self.scheme = scheme
        self.salt = salt
        self.hash = hash
    }

    /// Hashes a new password with the cost of the specification and the given salt.
    ///
    /// - Throws: when the password is empty or too long, or the salt has a bad length.
    package static func scrypt(password: String, salt: [UInt8]) throws -> PasswordHash {
        guard let bytes = usable(password) else { throw PasswordHashError.outOfRange("password length") }
        guard saltBytes.contains(salt.count) else { throw PasswordHashError.outOfRange("salt length") }
        let hash = try ScryptCost.standard.derive(password: bytes, salt: salt, byteCount: newHashBytes)
        return PasswordHash(scheme: .scrypt(.standard), salt: salt, hash: hash)
    }

    /// Hashes a new password with a fresh random salt.
    package static func scrypt(password: String) throws -> PasswordHash {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<newSaltBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return try scrypt(password: password, salt: salt)
    }

    /// A hash that no password has, with the cost of a real one: verifying against it makes an
    /// unknown user take as long as a known one.
    package static let decoy = PasswordHash(
        scheme: .scrypt(.standard),
        salt: [UInt8](repeating: 0x5A, count: newSaltBytes),
        hash: [UInt8](repeating: 0, count: newHashBytes)
    )

    /// Whether this is the hash of `password`. Takes the same time whatever the answer.
    ///
    /// An empty or overlong password is never right, yet a key is derived for it as well: the time
    /// taken tells nothing, and the library below would not survive empty input.
    package func verify(_ password: String) -> Bool {
        let bytes = Self.usable(password)
        let candidate = try? derive(bytes ?? [0])
        guard let candidate, candidate.count == hash.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(candidate, hash) { difference |= left ^ right }
        return difference == 0 && bytes != nil
    }

    /// The text form, for a document or the store. Not for logs: it allows guessing offline.
    package var text: String {
        let cost =
            switch scheme {
            case .scrypt(let cost): "$scrypt$" + cost.text
            case .pbkdf2(let rounds): "$pbkdf2-sha256$i=\(rounds)"
            }
        return "\(cost)$\(Self.encode(salt))$\(Self.encode(hash))"
    }

    private func derive(_ password: [UInt8]) throws -> [UInt8] {
        switch scheme {
        case .scrypt(let cost): try cost.derive(password: password, salt: salt, byteCount: hash.count)
        case .pbkdf2(let rounds):
            try PBKDF2.derive(password: password, salt: salt, rounds: rounds, byteCount: hash.count)
        }
    }

    private static func usable(_ password: String) -> [UInt8]? {
        let bytes = Array(password.utf8)
        return (1...passwordMaxBytes).contains(bytes.count) ? bytes : nil
    }

    private static func rounds(_ text: Substring) throws(PasswordHashError) -> Int {
        let digits = text.hasPrefix("i=") ? text.dropFirst(2) : text
        guard let rounds = decimal(digits) else { throw .malformed }
        guard pbkdf2Rounds.contains(rounds) else { throw .outOfRange("i") }
        return rounds
    }

    /// A plain decimal number without sign, blank or leading zero.
    static func decimal(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        guard text.count == 1 || text.first != "0" else { return nil }
        return Int(text)
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        var text = Data(bytes).base64EncodedString()
        while text.hasSuffix("=") { text.removeLast() }
        return text
    }

    /// Unpadded base64; nil unless it is exactly what encoding the bytes gives.
    private static func decode(_ text: Substring) -> [UInt8]? {
        let standard = text.replacing(".", with: "+")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding) else { return nil }
        let bytes = [UInt8](data)
        return encode(bytes) == standard ? bytes : nil
    }
}

extension PasswordHash: CustomStringConvertible {
    /// Safe to log: names the scheme only.
    package var description: String {
        switch scheme {
        case .scrypt: "scrypt password hash"
        case .pbkdf2: "pbkdf2-sha256 password hash"
        }
    }
}

extension PasswordHash: CustomDebugStringConvertible {
    package var debugDescription: String { description }
}
