import Testing

@testable import escapement

@Suite("Configuration sources")
struct ConfigurationPrecedenceTests {
    private let machine = TestMachine(
        files: [
            TestMachine.defaultFile: "http: {port: 1}\nlog: {level: error}\n",
            "/other.yaml": "http: {port: 2}\n",
            "/empty.yaml": "# nothing\n",
        ]
    )

    @Test("Flag wins against variable, variable against file, file against default")
    func precedence() throws {
        let variable = ["ESCAPEMENT_HTTP_PORT": "3"]
        #expect(try TestMachine().load().http.port == 8080)
        #expect(try machine.load().http.port == 1)
        #expect(try machine.load([], variable).http.port == 3)
        #expect(try machine.load(["--http-port", "4"], variable).http.port == 4)
    }

    @Test("A source that wins for one key leaves the others alone")
    func perKey() throws {
        let configuration = try machine.load(["--http-port", "4"])
        #expect(configuration.log.level == "error")
        let origin = configuration.setting("log.level")?.origin
        #expect(origin == .file(path: TestMachine.defaultFile, line: 2))
    }

    @Test("A named file replaces the default file")
    func namedFile() throws {
        let configuration = try machine.load(["--config", "/other.yaml"])
        #expect(configuration.http.port == 2)
        #expect(configuration.log.level == "info")
        #expect(try machine.load(["--config=/empty.yaml"]).http.port == 8080)
    }

    @Test("A named file must exist; the default one need not")
    func missingFile() {
        #expect(TestMachine().problems().isEmpty)
        let problems = TestMachine().problemTexts(["--config", "/none.yaml"])
        #expect(
            problems == ["the configuration file cannot be read: No such file or directory (file /none.yaml:1)"]
        )
    }

    @Test("A bare boolean flag means true, also before another flag and at the end")
    func bareFlags() throws {
        let configuration = try machine.load(["--process-allow-root", "--http-port", "4", "--http-allow-insecure"])
        #expect(configuration.process.allowRoot)
        #expect(configuration.http.allowInsecure)
        #expect(try machine.load(["--process-allow-shell", "false"]).process.allowShell == false)
        #expect(try machine.load(["--process-allow-shell=false"]).process.allowShell == false)
    }

    @Test("Lists come by comma, and in YAML also as sequences")
    func lists() throws {
        let yaml = """
            outbound:
              allow:
                - 127.0.0.0/8
                - "*.example.org"
              deny: 10.0.0.0/8, 192.168.0.0/16
            """
        let outbound = try TestMachine(files: ["/l.yaml": yaml]).load(["--config", "/l.yaml"]).outbound
        #expect(outbound.allow == ["127.0.0.0/8", "*.example.org"])
        #expect(outbound.deny == ["10.0.0.0/8", "192.168.0.0/16"])
        let flags = try TestMachine().load(["--outbound-allow", "127.0.0.0/8, [::1]:8080"]).outbound
        #expect(flags.allow == ["127.0.0.0/8", "[::1]:8080"])
    }

    @Test("An empty value takes an optional key or a list back, and is an error elsewhere")
    func emptyValues() throws {
        let yaml = "process: {user: nobody, allowedUsers: [nobody]}\nmetadata:\n  directory:\n"
        let machine = TestMachine(files: ["/o.yaml": yaml])
        #expect(try machine.load(["--config", "/o.yaml"]).process.user == "nobody")
        let process = try machine.load(["--config", "/o.yaml", "--process-user=", "--process-allowed-users="]).process
        #expect(process.user == nil)
        #expect(process.allowedUsers.isEmpty)
        let problems = TestMachine().problemTexts([], ["ESCAPEMENT_HTTP_PORT": ""])
        #expect(
            problems == ["http.port: must be a whole number, not \"\" (variable ESCAPEMENT_HTTP_PORT)"]
        )
    }

    @Test("Variables of the command line, the first start and Kubernetes are no settings")
    func foreignVariables() throws {
        let environment = [
            "ESCAPEMENT_URL": "http://127.0.0.1", "ESCAPEMENT_TOKEN": "t", "ESCAPEMENT_ADMIN_PASSWORD": "p",
            "ESCAPEMENT_SERVICE_HOST": "10.0.0.1", "ESCAPEMENT_PORT": "tcp://10.0.0.1:80",
            "ESCAPEMENT_PORT_80_TCP_ADDR": "10.0.0.1", "PATH": "/bin", "ESCAPEMENTS": "x",
        ]
        #expect(TestMachine().problems([], environment).isEmpty)
    }

    @Test("The data directory reaches what lies in it by default")
    func dataDirectory() throws {
        let configuration = try TestMachine().load(["--data-dir", "./data"])
        #expect(configuration.dataDirectory == "/srv/data")
        #expect(configuration.store.url == .sqlite(path: "/srv/data/escapement.db"))
        #expect(configuration.contentDirectory == "/srv/data/content")
        #expect(configuration.process.workDirectory == "/srv/data/requests")
        #expect(configuration.secretsKeyFile == "/srv/data/secret.key")
        #expect(configuration.setting("store.url")?.origin == .builtIn)
    }

    @Test("A relative database path is taken from the working directory")
    func relativeStore() throws {
        #expect(try TestMachine().load(["--store-url", "sqlite:x/e.db"]).store.url == .sqlite(path: "/srv/x/e.db"))
    }

    @Test("A reload takes reloadable keys over and names the others")
    func reload() throws {
        let old = try TestMachine().load(["--http-port", "1", "--log-level", "info"])
        let new = try TestMachine().load(["--http-port", "2", "--log-level", "debug", "--force-cancel-after", "0"])
        let (configuration, waiting) = old.reloaded(from: new, host: TestMachine().host)
        #expect(configuration.http.port == 1)
        #expect(configuration.log.level == "debug")
        #expect(configuration.forceCancelAfter == .zero)
        #expect(waiting == ["http.port"])
    }
}
