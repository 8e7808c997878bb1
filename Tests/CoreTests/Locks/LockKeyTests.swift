import SchedulerCore
import Testing

/// What stores keep of a key leads back to it, whatever its value.
struct LockKeyTests {
    private static let object = MetadataObjectID(kind: .incompatibility, package: "/acme", name: "OnePerLedger")

    @Test(
        "A key made of a key's value is that key, and its value fits the limit",
        arguments: [0, 1, 199, 200, 201, 234, 235, 32_768]
    )
    func roundTrip(length: Int) {
        for character in ["a", "ß", "🕰️"] {
            let key = LockKey(Self.object, value: String(repeating: character, count: length))
            #expect(LockKey(Self.object, value: key.value) == key)
            #expect(key.value.utf8.count <= Limits.lockValueBytes)
        }
    }

    @Test("Long values that differ at their end have different keys")
    func difference() {
        let long = String(repeating: "x", count: 1000)
        #expect(LockKey(Self.object, value: long + "1") != LockKey(Self.object, value: long + "2"))
    }
}
