package import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Seals secrets for the store: AES-256-GCM, the context as associated data (administration §5.5).
package struct SecretSealer: Sendable {
    private let key: SymmetricKey

    package init(key: SymmetricKey) { self.key = key }

    /// The secret as a base64 box that opens with the same context only.
    package func seal(_ secret: String, context: String) throws -> String {
        let box = try AES.GCM.seal(Array(secret.utf8), using: key, authenticating: Array(context.utf8))
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined.base64EncodedString()
    }

    /// Opens a box; throws where key, context or content do not fit.
    package func open(_ sealed: String, context: String) throws -> String {
        guard let data = Data(base64Encoded: sealed) else { throw CryptoKitError.incorrectParameterSize }
        let bytes = try AES.GCM.open(
            AES.GCM.SealedBox(combined: data),
            using: key,
            authenticating: Array(context.utf8)
        )
        return String(decoding: bytes, as: UTF8.self)
    }
}
