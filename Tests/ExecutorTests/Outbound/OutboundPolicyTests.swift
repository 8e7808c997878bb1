import SchedulerCore
import Testing

@Suite("Which targets may be called")
struct OutboundPolicyTests {
    private func policy(_ allow: [String] = [], deny: [String] = []) throws -> OutboundPolicy {
        OutboundPolicy(
            allow: try allow.map { try #require(OutboundRule(parsing: $0), "\($0)") },
            deny: try deny.map { try #require(OutboundRule(parsing: $0), "\($0)") }
        )
    }

    private func admits(_ policy: OutboundPolicy, _ url: String) -> Bool {
        do {
            try policy.check(OutboundTarget(parsing: url))
            return true
        } catch {
            return false
        }
    }

    @Test(
        "A39: reserved addresses in every spelling are denied",
        arguments: [
            "127.0.0.1", "127.255.255.255", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
            "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.192", "198.18.0.1", "224.0.0.1",
            "239.255.255.255", "240.0.0.1", "255.255.255.255", "203.0.113.1", "0x7f.1", "2130706433", "017700000001",
            "127.1", "[::1]", "[::]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
            "[64:ff9b::10.0.0.1]", "[64:ff9b:1::8.8.8.8]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]",
            "[2001:0:7f00:1::]",
            "[2001:db8::1]", "[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[100::1]",
            "[5f00::1]",
            "[3fff::1]", "[2606:4700::5efe:127.0.0.1]", "[2606:4700::200:5efe:10.0.0.1]", "[4000::1]", "localhost",
            "LOCALHOST.", "a.localhost",
        ]
    )
    func reserved(_ host: String) throws {
        #expect(!admits(try policy(), "http://\(host)/"))
        #expect(!admits(try policy(), "https://\(host):8443/x"))
    }

    @Test(
        "public addresses and names pass",
        arguments: [
            "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.255", "[2606:4700:4700::1111]",
            "[64:ff9b::8.8.8.8]", "[2002:808:808::1]", "[::ffff:8.8.8.8]", "[2a00::1]", "ledger.example",
            "localhost.example",
            "127.0.0.1.nip.io", "mylocalhost",
        ]
    )
    func open(_ host: String) throws {
        #expect(admits(try policy(), "http://\(host)/"))
    }

    @Test("rules allow blocks, addresses, hosts and what lies below them, with a port or any")
    func allow() throws {
        let blocks = try policy(["127.0.0.0/8", "10.0.0.1:8080", "fd00::/8", "[fc00::/8]:443", "::1"])
        for (url, expected) in [
            ("http://127.9.9.9:1/", true), ("http://[::ffff:127.0.0.1]/", true), ("http://0x7f.1/", true),
            ("http://localhost:9/", true), ("http://10.0.0.1:8080/", true), ("http://10.0.0.1/", false),
            ("http://10.0.0.2:8080/", false), ("http://[fd00::1]/", true), ("https://[fc00::1]/", true),
            ("http://[fc00::1]/", false), ("http://[::1]/", true), ("http://[::2]/", false),
            ("http://[64:ff9b::127.0.0.1]/", false), ("http://169.254.169.254/", false),
        ] {
            #expect(admits(blocks, url) == expected, "\(url)")
        }
        let names = try policy(["Ledger.Example", "*.corp.example:443"])
        let inside = IPAddress.v4(0x0A00_0001)
        for (url, expected) in [
            ("http://ledger.example/", true), ("http://ledger.example:81/", true), ("http://a.ledger.example/", false),
            ("https://a.corp.example/", true), ("https://a.b.corp.example/", true), ("https://corp.example/", false),
            ("http://a.corp.example/", false), ("https://acorp.example/", false),
        ] {
            let target = try OutboundTarget(parsing: url)
            let admitted = (try? names.admitted([inside], for: target)) != nil
            #expect(admitted == expected, "\(url)")
        }
    }

    @Test("a denying rule wins over everything, inside IPv6 forms too")
    func deny() throws {
        let policy = try policy(
            ["10.0.0.0/8", "ledger.example", "64:ff9b::/96"],
            deny: ["10.0.0.1", "8.8.8.0/24", "evil.example", "*.evil.example:443", "1.1.1.1:25"]
        )
        for (url, expected) in [
            ("http://10.0.0.1/", false), ("http://10.0.0.2/", true), ("http://8.8.8.8/", false),
            ("http://[::ffff:8.8.8.8]/", false), ("http://[64:ff9b::8.8.8.8]/", false),
            ("http://[64:ff9b::8.8.4.4]/", true),
            ("http://evil.example/", false), ("https://a.evil.example/", false), ("http://a.evil.example/", true),
            ("http://1.1.1.1:25/", false), ("http://1.1.1.1/", true),
        ] {
            #expect(admits(policy, url) == expected, "\(url)")
        }
        let ledger = try OutboundTarget(parsing: "http://ledger.example/")
        #expect(throws: OutboundRefusal.self) { try policy.admitted([.v4(0x0A00_0001)], for: ledger) }
    }

    @Test("of several addresses only those admitted are used, in their order")
    func several() throws {
        let target = try OutboundTarget(parsing: "http://a.example/")
        let addresses = try ["10.0.0.1", "8.8.8.8", "::ffff:127.0.0.1", "2606:4700::1"].map {
            try #require(IPAddress($0))
        }
        #expect(try policy().admitted(addresses, for: target).map(\.description) == ["8.8.8.8", "2606:4700::1"])
        let refusal = #expect(throws: OutboundRefusal.self) {
            try policy().admitted([addresses[0], addresses[2]], for: target)
        }
        #expect(refusal?.description == "Outbound URL http://a.example is not allowed: its address is not allowed.")
    }

    @Test(
        "rules that are none are refused",
        arguments: [
            "", "*", "*.", "a b", "http://a", "a/b", "10.0.0.0/33", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:x",
            "a:b:c",
            "[10.0.0.1]:80", "[::1", "[::1]80", "*.10.0.0.1", "999.1.1.1", "a..b", "*a.example", "u@a", "ü.example",
            "::1:",
        ]
    )
    func badRules(_ text: String) {
        #expect(OutboundRule(parsing: text) == nil)
    }

    @Test(
        "templates are judged at save and submit as far as their host is literal",
        arguments: [
            ("http://127.0.0.1/${ESS_REQ:a}", "http://127.0.0.1"), ("http://8.8.8.8/${ESS_REQ:a}?q=${SECRET:s}", nil),
            ("http://${ESS_REQ:host}/", nil), ("${APP_ENV:base}/jobs", nil), ("http://127.0.0.1:${ESS_REQ:port}/", nil),
            ("ftp://a/${ESS_REQ:x}", "ftp://a"), ("http://localhost", "http://localhost"),
            ("http://u:${SECRET:p}@127.0.0.1/", nil),
            ("https://169.254.169.254?x=${ESS_REQ:a}", "https://169.254.169.254"),
        ] as [(String, String?)]
    )
    func templates(_ template: String, _ refused: String?) throws {
        let policy = try policy()
        if let refused {
            #expect(throws: SchedulerError(2007, refused)) { try policy.check(template: template) }
        } else {
            try policy.check(template: template)
        }
    }

    @Test("never admit a reserved address by default, however it is written")
    func anySpelling() throws {
        var generator = SeededGenerator(seed: 39)
        let policy = OutboundPolicy()
        for _ in 0..<2000 {
            let bits = UInt32.random(in: 0...UInt32.max, using: &generator)
            let dotted = IPAddress.v4(bits).description
            let expected = !ReservedAddresses.contains(.v4(bits))
            let spellings = [
                dotted, String(bits), "0x" + String(bits, radix: 16), "0" + String(bits, radix: 8),
                "[::ffff:\(dotted)]",
                "\(bits >> 24).\(bits & 0xFF_FFFF)", "[64:ff9b::\(dotted)]",
            ]
            for host in spellings { #expect(admits(policy, "http://\(host)/") == expected, "\(host)") }
        }
    }
}
