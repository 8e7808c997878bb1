import SchedulerCore
import Testing

@Suite("Addresses")
struct IPAddressTests {
    @Test(
        "are read and written in the form of RFC 5952",
        arguments: [
            ("0.0.0.0", "0.0.0.0"), ("192.0.2.255", "192.0.2.255"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("0:0:1::", "0:0:1::"), ("::ffff:10.0.0.1", "::ffff:a00:1"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
            ("0001::0002", "1::2"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ]
    )
    func read(_ text: String, _ expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "+1.2.3.4", "0x7f.0.0.1", ":", ":::",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "::12345", "::g", "fe80::1%eth0", "[::1]", "::1.2.3",
            "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7::8:", "::+1", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::",
        ]
    )
    func refused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "hide in odd numbers",
        arguments: [
            ("0x7f.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("017700000001", "127.0.0.1"), ("127.1", "127.0.0.1"),
            ("0x7F000001", "127.0.0.1"), ("127.0.1", "127.0.0.1"), ("0177.0.0.01", "127.0.0.1"), ("0", "0.0.0.0"),
            ("010.8.0.1", "8.8.0.1"), ("0x", "0.0.0.0"), ("169.254.43518", "169.254.169.254"),
            ("1.65535", "1.0.255.255"),
        ]
    )
    func numeric(_ text: String, _ expected: String) {
        #expect(IPAddress.looksNumeric(text))
        #expect(IPAddress(numeric: text)?.description == expected)
    }

    @Test(
        "that look like numbers but are none are known as such",
        arguments: [
            "08.1", "1.2.3.4.5", "256.1.1.1", "4294967296", "1.2.3.256", "a.1", "..1",
        ]
    )
    func badNumeric(_ text: String) {
        #expect(IPAddress.looksNumeric(text))
        #expect(IPAddress(numeric: text) == nil)
    }

    @Test(
        "do not look numeric when their last label is a name",
        arguments: [
            "example.com", "1.example", "0xg", "1.2.3.4.nip.io", "a", "-1",
        ]
    )
    func names(_ text: String) {
        #expect(!IPAddress.looksNumeric(text))
    }

    @Test("survive writing and reading")
    func roundTrip() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5000 {
            var bits: UInt128 = 0
            for _ in 0..<8 {
                let group = Bool.random(using: &generator) ? 0 : UInt16.random(in: 0...UInt16.max, using: &generator)
                bits = bits << 16 | UInt128(group)
            }
            let address = IPAddress.v6(bits)
            #expect(IPAddress(address.description) == address)
            let short = IPAddress.v4(UInt32(truncatingIfNeeded: bits))
            #expect(IPAddress(short.description) == short)
            #expect(IPAddress(numeric: short.description) == short)
        }
    }

    @Test("belong to ranges")
    func ranges() throws {
        let private10 = try #require(AddressRange(parsing: "10.1.2.3/8"))
        #expect(private10.contains(.v4(0x0AFF_FFFF)) && !private10.contains(.v4(0x0B00_0000)))
        #expect(!private10.contains(.v6(0x0A00_0001)))
        #expect(AddressRange(parsing: "::ffff:10.0.0.0/104") == AddressRange(parsing: "10.0.0.0/8"))
        let all = try #require(AddressRange(parsing: "::/0"))
        #expect(all.contains(.v6(.max)) && !all.contains(.v4(1)))
        let one = try #require(AddressRange(parsing: "fd00::1"))
        #expect(one.prefixLength == 128 && one.contains(.v6(0xFD00 << 112 | 1)) && !one.contains(.v6(0xFD00 << 112)))
        for text in ["10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "10.0.0.0/+8", "/8", "a/8"] {
            #expect(AddressRange(parsing: text) == nil, "\(text)")
        }
    }
}
