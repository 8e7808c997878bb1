import SchedulerHTTP
import Testing

@Suite("Password hashes")
struct PasswordHashTests {
    private static let salt = [UInt8](1...16)
    private static let text =
        "$scrypt$ln=15,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLlTje08+DQygOp0QdafXpS8"

    /// The same at the lowest accepted cost.
    private static let cheap =
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$nbTlASUTSNTLGzfHCoYGaHwTc5I+fuvUGXgOIXRxBHg"

    @Test("scrypt gives the vectors of RFC 7914 §12")
    func scryptVectors() throws {
        let second = try ScryptCost(uncheckedCostLog2: 10, blockSize: 8, parallelism: 16)
            .derive(password: Array("password".utf8), salt: Array("NaCl".utf8), byteCount: 64)
        #expect(
            hexadecimal(second)
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        )
        let third = try ScryptCost(uncheckedCostLog2: 14, blockSize: 8, parallelism: 1)
            .derive(password: Array("pleaseletmein".utf8), salt: Array("SodiumChloride".utf8), byteCount: 64)
        #expect(
            hexadecimal(third)
                == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        )
    }

    @Test("PBKDF2 gives the vectors of RFC 7914 §11")
    func pbkdf2Vectors() throws {
        let first = try PBKDF2.derive(
            password: Array("passwd".utf8),
            salt: Array("salt".utf8),
            rounds: 1,
            byteCount: 64
        )
        #expect(
            hexadecimal(first)
                == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
        )
        let second = try PBKDF2.derive(
            password: Array("Password".utf8),
            salt: Array("NaCl".utf8),
            rounds: 80_000,
            byteCount: 64
        )
        #expect(
            hexadecimal(second)
                == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
        )
    }

    @Test("A new hash has the cost, salt and form of the specification")
    func form() throws {
        let hash = try PasswordHash.scrypt(password: "correct horse", salt: Self.salt)
        #expect(hash.text == Self.text)
        #expect(try PasswordHash(parsing: hash.text) == hash)
    }

    @Test("Two hashes of one password have different salts, and verify")
    func randomSalt() throws {
        let first = try PasswordHash.scrypt(password: "correct horse")
        let second = try PasswordHash.scrypt(password: "correct horse")
        #expect(first.text.split(separator: "$")[2] != second.text.split(separator: "$")[2])
        #expect(second.verify("correct horse"))
    }

    @Test(
        "Hashes made by other implementations verify, and only for their password",
        arguments: [
            (
                "correct horse",
                "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$nbTlASUTSNTLGzfHCoYGaHwTc5I+fuvUGXgOIXRxBHg"
            ),
            (
                "grün",
                "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$xAyNR7FF36sekxyBOTBSoUOKbRAgaZrMWhK9tefzVjw"
            ),
            (
                "correct horse",
                "$scrypt$ln=10,r=16,p=1$AQIDBAUGBwgJCgsMDQ4PEA$JonSqjP1xW0KwdW2EF9hsK9l4r10B0kPSpt2y/fpJ/g"
            ),
            (
                "correct horse",
                "$scrypt$ln=10,r=8,p=8$AQIDBAUGBwgJCgsMDQ4PEA$0b7OfuhQCFt+z4cJioOmhhtuf3X/lFYZbdSwYgz1nMk"
            ),
            (
                "correct horse",
                "$pbkdf2-sha256$i=10000$AQIDBAUGBwgJCgsMDQ4PEA$myCZyZvjfBrZPkFg7WCZb/kP4hgJXvyF5FGq6syF8x4"
            ),
            (
                "correct horse",
                "$pbkdf2-sha256$29000$................AQIDBA$WWkw6yIff1ZxmHeCLLcJkB3JSkcn3rqWivDu9hY8EKY"
            ),
        ]
    )
    func foreignHashes(password: String, text: String) throws {
        let hash = try PasswordHash(parsing: text)
        #expect(hash.verify(password))
        #expect(!hash.verify(password + "!"))
    }

    @Test(
        "The example of the User document, and the dearest accepted costs, are read and written back unchanged",
        arguments: [
            "$scrypt$ln=15,r=8,p=1$uOSa/Vmtwnk3qxR79L1vyg$tcZoaF0pS1NL/dnrXgNhvnfabvnvNYRHOG3C41MaaUM",
            "$scrypt$ln=17,r=8,p=2$AQIDBAUGBwgJCgsMDQ4PEA$XNjfYBEfIDbAgk4oEd+sk7Lp30oqa0Wk7X8SHbG9neI",
            "$pbkdf2-sha256$i=310000$AQIDBAUGBwgJCgsMDQ4PEA$10olqSEKGdoX2sFCR2Nsmlrq7KS6cSaxqqRUSCBvZgI",
            "$pbkdf2-sha256$i=2000000$AQIDBAUGBwgJCgsMDQ4PEA$10olqSEKGdoX2sFCR2Nsmlrq7KS6cSaxqqRUSCBvZgI",
        ]
    )
    func example(text: String) throws {
        #expect(try PasswordHash(parsing: text).text == text)
    }

    @Test("An empty or overlong password is never right and never hashed", arguments: [0, 1025])
    func unusablePassword(length: Int) throws {
        let password = String(repeating: "x", count: length)
        #expect(try !PasswordHash(parsing: Self.cheap).verify(password))
        #expect(throws: PasswordHashError.outOfRange("password length")) {
            try PasswordHash.scrypt(password: password)
        }
    }

    @Test("The decoy costs as much as a real hash and has no password")
    func decoy() {
        #expect(PasswordHash.decoy.scheme == .scrypt(.standard))
        #expect(!PasswordHash.decoy.verify("correct horse"))
    }

    @Test(
        "Text that is no hash is refused",
        arguments: [
            "", "$", "correct horse", "$scrypt$", "scrypt$ln=15,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$", text + "$",
            text + "=",
            String(text.dropLast(20)) + "!", text.replacing("ln=15", with: "ln=+15"),
            text.replacing("ln=15", with: "ln=015"), text.replacing("ln=15,r=8,p=1", with: "r=8,ln=15,p=1"),
            text.replacing("ln=15", with: "ln="), text.replacing("ln=15", with: "ln=99999999999999999999"),
            text.replacing("pS8", with: "pS9"),
        ]
    )
    func malformed(text: String) {
        #expect(throws: PasswordHashError.self) { try PasswordHash(parsing: text) }
    }

    @Test(
        "A cost that would take too much memory or time, or a salt or hash that protects nothing, is refused",
        arguments: [
            ("$scrypt$ln=9,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "ln"),
            ("$scrypt$ln=63,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "ln"),
            ("$scrypt$ln=15,r=1048576,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "r"),
            ("$scrypt$ln=15,r=0,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "r"),
            ("$scrypt$ln=15,r=8,p=1024$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "p"),
            ("$scrypt$ln=20,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "memory"),
            ("$scrypt$ln=17,r=8,p=4$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "work"),
            ("$scrypt$ln=15,r=8,p=1$AQIDBA$2lNxnPUOzI/IzycrPojLLg", "salt length"),
            ("$scrypt$ln=15,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNx", "hash length"),
            ("$pbkdf2-sha256$i=1$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "i"),
            ("$pbkdf2-sha256$i=4294967296$AQIDBAUGBwgJCgsMDQ4PEA$2lNxnPUOzI/IzycrPojLLg", "i"),
        ]
    )
    func absurdCosts(text: String, part: String) {
        #expect(throws: PasswordHashError.outOfRange(part)) { try PasswordHash(parsing: text) }
    }

    @Test("Other schemes are named as such", arguments: ["$2b$12$a$b", "$argon2id$v=19$AQID$AQID"])
    func unknownScheme(text: String) {
        #expect(throws: PasswordHashError.unknownScheme) { try PasswordHash(parsing: text) }
    }

    @Test("A hash that is printed by accident shows nothing")
    func redacted() throws {
        let hash = try PasswordHash(parsing: Self.text)
        #expect("\(hash)" == "scrypt password hash")
        #expect(String(reflecting: hash) == "scrypt password hash")
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
