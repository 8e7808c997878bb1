import SchedulerEngine
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct SecretSealerTests {
    private let sealer: SecretSealer

    init() throws { sealer = try Self.key(1).sealer }

    private static func key(_ first: UInt8) throws -> InstallationKey {
        try #require(InstallationKey(bytes: Array(first..<first + UInt8(InstallationKey.length))))
    }

    @Test("What was sealed opens with the same context", arguments: ["", "secret", "geheim ü 🕰️", "nul\u{0}inside"])
    func roundTrip(secret: String) throws {
        let sealed = try sealer.seal(secret, context: "callback|https://example.org")
        #expect(try sealer.open(sealed, context: "callback|https://example.org") == secret)
        #expect(secret.isEmpty || !sealed.contains(secret))
    }

    @Test("A box opens after a restart, and one that another program made opens too")
    func restart() throws {
        let sealed = try sealer.seal("secret", context: "ctx")
        #expect(try Self.key(1).sealer.open(sealed, context: "ctx") == "secret")
        // AES-256-GCM, nonce 0 to 11, under the key that RFC 5869 derives.
        let foreign = "AAECAwQFBgcICQoLadR7lg0e68ks7jclqHZguibhp9qH/wOptw=="
        #expect(try sealer.open(foreign, context: "ctx") == "geheim ü")
    }

    @Test("The same secret never makes the same box")
    func nonces() throws {
        let boxes = try (0..<100).map { _ in try sealer.seal("secret", context: "ctx") }
        #expect(Set(boxes).count == boxes.count)
    }

    @Test("Another context, another key: not opened")
    func wrongContext() throws {
        let sealed = try sealer.seal("secret", context: "ctx")
        #expect(throws: (any Error).self) { try sealer.open(sealed, context: "ctx2") }
        #expect(throws: (any Error).self) { try sealer.open(sealed, context: "") }
        #expect(throws: (any Error).self) { try Self.key(2).sealer.open(sealed, context: "ctx") }
    }

    @Test("A box with any byte changed, cut short, or that is none is not opened")
    func tampered() throws {
        let sealed = try sealer.seal("secret", context: "ctx")
        let bytes = try #require(Data(base64Encoded: sealed))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            #expect(throws: (any Error).self) { try sealer.open(changed.base64EncodedString(), context: "ctx") }
        }
        for length in 0..<bytes.count {
            let short = bytes.prefix(length).base64EncodedString()
            #expect(throws: (any Error).self) { try sealer.open(short, context: "ctx") }
        }
        #expect(throws: (any Error).self) { try sealer.open("no box!", context: "ctx") }
    }
}
