import Testing

@testable import escapement

@Suite("Configuration errors")
struct ConfigurationErrorTests {
    @Test("All errors of all sources come at once, with key, origin and nearest key")
    func allAtOnce() {
        let machine = TestMachine(
            files: ["/c.yaml": "http:\n  prot: 1\n  maxBodySize: huge\ncompatibility: fuson\n"]
        )
        let problems = machine.problemTexts(
            ["--config", "/c.yaml", "--http-hots", "0.0.0.0", "--processor-threads=0", "--log-level"],
            ["ESCAPEMENT_CANCEL_GRACE": "ten", "ESCAPEMENT_CANCEL_GRASE": "1s"]
        )
        #expect(
            Set(problems) == [
                "http.prot: is no key of the configuration; the nearest key is http.port (file /c.yaml:2)",
                "http.maxBodySize: must be a size such as 64KiB or 4MiB, not \"huge\" (file /c.yaml:3)",
                "compatibility: must be documented or fusion, not \"fuson\" (file /c.yaml:4)",
                "--http-hots: is no key of the configuration; the nearest key is --http-host (flag --http-hots)",
                "processor.threads: must be 1 to 1000, not \"0\" (flag --processor-threads)",
                "--log-level: needs a value (flag --log-level)",
                "cancelGrace: must be a duration such as 500ms, 10s, 30m or 7d, not \"ten\" "
                    + "(variable ESCAPEMENT_CANCEL_GRACE)",
                "ESCAPEMENT_CANCEL_GRASE: is no key of the configuration; the nearest key is "
                    + "ESCAPEMENT_CANCEL_GRACE (variable ESCAPEMENT_CANCEL_GRASE)",
            ]
        )
        #expect(problems.count == 8)
    }

    @Test("A bad value is an error even where a better source wins")
    func shadowedError() {
        let machine = TestMachine(files: ["/c.yaml": "http: {port: x}\n"])
        #expect(machine.problems(["--config", "/c.yaml", "--http-port", "1"]).map(\.kind) == [.badValue])
    }

    @Test(
        "Bad values are refused",
        arguments: [
            ("--http-port", "65536"), ("--http-port", "-1"), ("--http-port", "+1"), ("--http-port", "1.0"),
            ("--http-port", "99999999999999999999"), ("--http-host", "a b"), ("--http-host", "127.1"),
            ("--http-host", "[::1]"), ("--http-public-url", "ftp://x"), ("--http-public-url", "http://u:p@x"),
            ("--http-public-url", "http://x/?q"), ("--http-public-url", "http://x:0"), ("--http-public-url", "http://"),
            ("--http-allow-insecure", "yes"), ("--http-allow-insecure", "TRUE"), ("--http-max-body-size", "0"),
            ("--http-max-body-size", "4MB"), ("--http-max-body-size", "-1"),
            ("--http-max-body-size", "9999999TiB"), ("--store-url", "mysql://db/x"), ("--store-url", "sqlite:"),
            ("--store-url", "postgresql://db:port/x"), ("--store-url", "postgres://db/x?odd=1"),
            ("--store-pool-size", "1"), ("--store-pool-size", "201"), ("--store-statement-timeout", "99ms"),
            ("--cluster-lease", "4s"), ("--cluster-lease", "601s"), ("--cluster-name", ""), ("--node-name", "a b"),
            ("--dispatcher-max-poll-interval", "99ms"), ("--dispatcher-max-poll-interval", "301s"),
            ("--metadata-mode", "Enforce"),
            ("--store-url", "sqlite::memory:"), ("--store-url", "sqlite:///x"), ("--store-url", "/x.db"),
            ("--processor-threads", "1001"), ("--force-cancel-after", "30"), ("--force-cancel-after", "-1s"),
            ("--force-cancel-after", "1 m"), ("--force-cancel-after", "36501d"), ("--cancel-grace", "s"),
            ("--process-limits-cpu", "500ms"), ("--process-limits-files", "none"), ("--process-user", "nosuchuser"),
            ("--process-environment", "PATH,LD_PRELOAD"), ("--process-environment", "ESCAPEMENT_URL"),
            ("--process-environment", "1A"), ("--process-environment", "PATH,,LANG"),
            ("--outbound-allow", "10.0.0.0/33"), ("--outbound-allow", "http://x"), ("--outbound-allow", "x:0"),
            ("--outbound-allow", "*"), ("--outbound-deny", "a.*.org"), ("--outbound-deny", "[::1"),
            ("--outbound-deny", "2001:db8::/129"), ("--auth-password-min-length", "0"), ("--log-level", "critical"),
            ("--log-format", "xml"), ("--compatibility", "Fusion"), ("--data-dir", ""),
        ]
    )
    func badValues(flag: String, value: String) throws {
        let problems = TestMachine().problems(["\(flag)=\(value)"])
        let key = try #require(ConfigurationTable.server.key(flag: flag))
        #expect(problems.map(\.kind) == [.badValue])
        #expect(problems.map(\.key) == [key.name])
        #expect(problems.map(\.origin) == [.flag(flag)])
    }

    @Test(
        "Good values at the edges are taken",
        arguments: [
            ("--http-port", "65535"), ("--http-host", "::1"), ("--http-host", "localhost"),
            ("--http-public-url", "https://[2001:db8::1]:8443/a/"), ("--force-cancel-after", "0"),
            ("--force-cancel-after", "36500d"), ("--cancel-grace", "12h"), ("--http-max-body-size", "1"),
            ("--outbound-allow", "192.0.2.7:443,2001:db8::/32,[2001:db8::/32]:443,[::1],hooks.example.org"),
            ("--process-environment", "PATH,_x9"), ("--process-limits-cpu", "0"),
        ]
    )
    func goodValues(flag: String, value: String) {
        #expect(TestMachine().problemTexts([flag, value]) == [])
    }

    @Test("A30 Plain HTTP on a public address does not start without http.allowInsecure")
    func publicAddress() throws {
        for host in ["0.0.0.0", "::", "192.0.2.1", "sched.example.org", "128.0.0.1"] {
            let problems = TestMachine().problems(["--http-host", host])
            #expect(problems.map(\.kind) == [.contradiction], "\(host)")
            #expect(problems.map(\.key) == ["http.host"], "\(host)")
            #expect(problems.map(\.origin) == [.flag("--http-host")], "\(host)")
            let allowed = try TestMachine().load(["--http-host", host, "--http-allow-insecure"])
            #expect(allowed.warnings.count == 1, "\(host)")
        }
        for host in ["127.0.0.1", "127.9.9.9", "::1", "localhost"] {
            #expect(try TestMachine().load(["--http-host", host]).warnings.isEmpty, "\(host)")
        }
    }

    @Test("Contradictions are refused")
    func contradictions() {
        let machine = TestMachine()
        #expect(machine.problems(["--auth-basic=false"]).map(\.key) == ["auth.basic"])
        #expect(machine.problems(["--process-user", "root"]).map(\.key) == ["process.user"])
        #expect(machine.problems(["--process-allowed-users", "nobody,root"]).map(\.key) == ["process.allowedUsers"])
        #expect(machine.problems(["--process-user", "root", "--process-allow-root"]).isEmpty)
        #expect(machine.problems(["--http-port", "1", "--http-port", "2"]).map(\.kind) == [.contradiction])
    }

    @Test("What is allowed but probably not meant is warned about")
    func warnings() throws {
        let root = TestMachine(effectiveUserID: 0)
        #expect(try root.load().warnings.map { $0.prefix(13) } == ["process.user:"])
        #expect(try root.load(["--process-user", "nobody"]).warnings.isEmpty)
        #expect(try root.load(["--process-allow-root"]).warnings.isEmpty)
        #expect(try root.load(["--process-enabled", "false"]).warnings.isEmpty)
        #expect(try TestMachine().load(["--process-user", "nobody"]).warnings.count == 1)
        #expect(try TestMachine().load(["--process-user", "escapement"]).warnings.isEmpty)
        #expect(try root.load(["--process-user=nobody", "--process-allowed-users=ghost"]).warnings.count == 1)
    }

    @Test(
        "A file that is no configuration is refused with its line, whatever is in it",
        arguments: [
            ("- a\n- b\n", 1), ("text\n", 1), ("http: {port: 1\nlog: x\n", 2), ("a: 1\n---\nb: 2\n", 2),
            ("http: 5\n", 1), ("\n\nlog:\n  level: [a, b]\n", 4), ("http:\n  port: {x: 1}\n", 2),
            ("log:\n  level: info\n  level: debug\n", 2), ("outbound:\n  allow: [[a]]\n", 2), ("? [a]\n: b\n", 1),
        ]
    )
    func badFiles(yaml: String, line: Int) {
        let problems = TestMachine(files: ["/b.yaml": yaml]).problems(["--config", "/b.yaml"])
        #expect(problems.count == 1)
        #expect(problems.first?.origin == .file(path: "/b.yaml", line: line))
    }

    @Test("A syntax error does not quote the file")
    func syntaxErrorIsDiscreet() {
        let machine = TestMachine(files: ["/b.yaml": "secret: hunter2\n  bad: [\n"])
        let problems = machine.problemTexts(["--config", "/b.yaml"])
        #expect(problems.count == 1)
        #expect(!problems.joined().contains("hunter2"))
    }

    @Test("A file that is not UTF-8 is refused")
    func notUTF8() {
        var host = TestMachine().host
        host.readFile = { _ in [0xFF, 0xFE, 0x00] }
        let reading = ConfigurationReading(table: .server, arguments: [], environment: [:], host: host)
        #expect(reading.problems.map(\.message) == ["is not UTF-8"])
    }

    @Test("Arguments that belong to nothing are named")
    func strayArguments() {
        #expect(
            TestMachine().problemTexts(["now", "--http-port", "1", "2", "-x", "--"])
                == ["now", "2", "-x", "--"].map { "\($0) is no flag and belongs to none" }
        )
        #expect(TestMachine().problems(["--config"]).map(\.key) == ["--config"])
        let twice = ["--config", "/a", "--config", "/a"]
        #expect(TestMachine(files: ["/a": ""]).problems(twice).map(\.key) == ["--config"])
    }

    @Test("The value of a secret key is shown nowhere")
    func secrets() throws {
        let table = ConfigurationTable(keys: [
            ConfigurationKey(
                name: "canary.word",
                type: .text,
                defaultText: nil,
                rule: .oneOf(["tweet", "trill"]),
                isSecret: true,
                summary: "A secret."
            )
        ])
        func read(_ value: String) -> ConfigurationReading {
            ConfigurationReading(
                table: table,
                arguments: ["--canary-word", value],
                environment: [:],
                host: TestMachine().host
            )
        }
        #expect(read("tweet").settings.map(\.shownText) == ["********"])
        let problems = read("hunter2").problems
        #expect(problems.count == 1)
        #expect(!problems.map(\.description).joined().contains("hunter2"))
    }
}
