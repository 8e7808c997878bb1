import CryptoExtras
import FoundationEssentials

/// PBKDF2 (RFC 8018) with HMAC-SHA-256, for password hashes brought along from elsewhere.
package enum PBKDF2 {
    /// The derived key. `password` and `salt` must not be empty.
    package static func derive(password: [UInt8], salt: [UInt8], rounds: Int, byteCount: Int) throws -> [UInt8] {
        // "Unchecked" drops the library's floor of 210,000 rounds; PasswordHash has its own.
        let key = try KDF.Insecure.PBKDF2.deriveKey(
            from: password,
            salt: salt,
            using: .sha256,
            outputByteCount: byteCount,
            unsafeUncheckedRounds: rounds
        )
        return key.withUnsafeBytes { Array($0) }
    }
}
