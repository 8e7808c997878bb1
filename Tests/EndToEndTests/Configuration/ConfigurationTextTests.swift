import Testing

@testable import escapement

@Suite("Configuration texts")
struct ConfigurationTextTests {
    @Test("Durations are read and written back in their shortest form")
    func durations() {
        let expected: [(String, Duration?, String)] = [
            ("500ms", .milliseconds(500), "500ms"), ("10s", .seconds(10), "10s"), ("90s", .seconds(90), "90s"),
            ("30m", .seconds(1800), "30m"), ("60m", .seconds(3600), "1h"), ("7d", .seconds(604_800), "7d"),
            ("0", .zero, "0s"), ("0ms", .zero, "0s"), ("1000ms", .seconds(1), "1s"),
        ]
        for (text, duration, shortest) in expected {
            #expect(DurationText.parse(text) == duration)
            #expect(duration.map(DurationText.format) == shortest)
        }
        for text in ["", "s", "10", "1.5s", "10 s", "10S", "1h30m", "-1s", "99999999999d", "9223372036854775807ms"] {
            #expect(DurationText.parse(text) == nil, "\(text)")
        }
    }

    @Test("Every whole number of milliseconds survives writing and reading")
    func durationRoundTrip() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let milliseconds = Int.random(in: 0...DurationText.daysMax * 86_400_000, using: &generator)
            let factor = [1, 1000, 60_000, 3_600_000, 86_400_000].randomElement(using: &generator) ?? 1
            let duration = Duration.milliseconds(milliseconds / factor * factor)
            #expect(DurationText.parse(DurationText.format(duration)) == duration)
        }
    }

    @Test("Sizes are read and written back in their shortest form")
    func sizes() {
        for (text, bytes, shortest) in [
            ("64KiB", 65_536, "64KiB"), ("4MiB", 4_194_304, "4MiB"), ("1024", 1024, "1KiB"), ("1000", 1000, "1000"),
            ("0", 0, "0"), ("1GiB", 1 << 30, "1GiB"), ("2TiB", 1 << 41, "2TiB"), ("1024MiB", 1 << 30, "1GiB"),
        ] {
            #expect(SizeText.parse(text) == bytes)
            #expect(SizeText.format(bytes) == shortest)
        }
        for text in ["", "KiB", "1KB", "1kib", "1 KiB", "1.5MiB", "-1", "8388608TiB", "99999999999999999999"] {
            #expect(SizeText.parse(text) == nil, "\(text)")
        }
    }

    @Test("The edit distance counts the four mistakes of a typist")
    func editDistance() {
        #expect(EditDistance.between("http.port", "http.port") == 0)
        #expect(EditDistance.between("http.port", "HTTP.Port") == 0)
        #expect(EditDistance.between("http.prot", "http.port") == 1)
        #expect(EditDistance.between("htp.port", "http.port") == 1)
        #expect(EditDistance.between("httpp.port", "http.port") == 1)
        #expect(EditDistance.between("hxtp.port", "http.port") == 1)
        #expect(EditDistance.between("", "abc") == 3)
        #expect(EditDistance.between("kitten", "sitting") == 3)
        #expect(EditDistance.nearest(to: "x", among: []) == nil)
    }

    @Test("Flags and variables are spelt from the name of the key")
    func spelling() throws {
        let key = try #require(ConfigurationTable.server.key(named: "process.limits.fileSize"))
        #expect(key.flag == "--process-limits-file-size")
        #expect(key.variable == "ESCAPEMENT_PROCESS_LIMITS_FILE_SIZE")
    }

    @Test("No two keys share a name, flag or variable, and each has a sentence")
    func uniqueness() {
        let keys = ConfigurationTable.server.keys
        #expect(Set(keys.map(\.name)).count == keys.count)
        #expect(Set(keys.map(\.flag)).count == keys.count)
        #expect(Set(keys.map(\.variable)).count == keys.count)
        #expect(keys.allSatisfy { $0.summary.hasSuffix(".") })
    }

    @Test("Web addresses are taken apart and put together")
    func webAddresses() throws {
        let address = try WebAddress(parsing: "HTTPS://[2001:db8::1]:8443/a/b//")
        #expect(address.isSecure)
        #expect(address.host == "2001:db8::1")
        #expect(address.port == 8443)
        #expect(address.text == "https://[2001:db8::1]:8443/a/b")
        #expect(try WebAddress(parsing: "http://127.0.0.1").text == "http://127.0.0.1")
        for text in ["", "x", "http://", "http:///a", "http://a b", "http://a?b", "http://a#b", "http://u@a"] {
            #expect(throws: WebAddressError.self, "\(text)") { try WebAddress(parsing: text) }
        }
    }
}

/// A small generator (splitmix64) for tests that must give the same inputs every time.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
