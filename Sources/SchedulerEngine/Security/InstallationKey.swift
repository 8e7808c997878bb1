import Crypto

/// The key of an installation and what is derived from it (RFC 5869), so that no two uses share a key.
package struct InstallationKey: Sendable {
    /// Bytes of the key file.
    package static let length = 32

    private let root: SymmetricKey

    /// - Parameter bytes: `length` random bytes; nil is returned for any other number.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        root = SymmetricKey(data: bytes)
    }

    /// A new random key.
    package static func random() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    package var handles: HandleAuthority { HandleAuthority(key: derived("request handles")) }

    package var sealer: SecretSealer { SecretSealer(key: derived("sealed secrets")) }

    /// Tells two keys apart, and nothing else about them: 128 bits in hexadecimal digits, safe to store and to show.
    package var fingerprint: String {
        let digits = Array("0123456789abcdef")
        return derived("key fingerprint").withUnsafeBytes { bytes in
            String(bytes.prefix(Self.fingerprintBytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        }
    }

    private static let fingerprintBytes = 16

    private func derived(_ use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array("escapement \(use)".utf8), outputByteCount: 32)
    }
}
