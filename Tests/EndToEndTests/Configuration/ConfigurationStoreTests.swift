import Testing

@testable import escapement

@Suite("Configuration of stores")
struct ConfigurationStoreTests {
    private static let canary = "hunter2"
    private static let keyFile = ["--secrets-key-file", "/keys/secret.key"]

    @Test("A PostgreSQL URI is taken as it is, with all of its options")
    func uri() throws {
        let uri = "postgresql://u@a,b:5433/db?sslmode=verify-full&target_session_attrs=read-write&application_name=x"
        let configuration = try TestMachine().load(["--store-url", uri] + Self.keyFile)
        #expect(configuration.store.url == .postgres(uri: uri))
        #expect(configuration.store.isShared)
    }

    @Test(
        "A password in a URI is shown nowhere",
        arguments: [
            "postgres://u:hunter2@db/x", "postgresql://u:hunter2@db", "postgresql://u:hun@hunter2@db/x",
            "postgresql://u:hunter2/x@db/x", "postgresql://u:hunter2?@db", "postgresql://:hunter2@/x",
            "postgresql://db/x?user=u&password=hunter2", "postgresql://db/x?pass%77ord=hunter2",
            "postgresql://db/x?sslpassword=hunter2&sslmode=require", "postgresql://db/x?password=a@hunter2",
            "postgresql://db/x?password=hunter2@x", "postgresql://u:hunter2@db:port/x", "mysql://u:hunter2@db/x",
            "host=db password=hunter2", "u:hunter2@db",
        ]
    )
    func passwords(uri: String) throws {
        let machine = TestMachine()
        let flags = ["--store-url", uri] + Self.keyFile
        #expect(!machine.problemTexts(flags).joined().contains(Self.canary))
        let reading = ConfigurationReading(table: .server, arguments: flags, environment: [:], host: machine.host)
        for setting in reading.settings { #expect(!setting.shownText.contains(Self.canary)) }
        let configuration = ServerConfiguration(settings: reading.settings, host: machine.host)
        #expect(!"\(configuration.store)".contains(Self.canary))
        #expect(!String(reflecting: configuration.store.url).contains(Self.canary))
        #expect(!StoreURL.masked(uri).contains(Self.canary))
    }

    @Test("What is no secret of a URI is shown")
    func shown() {
        #expect(
            StoreURL.masked("postgresql://u:secret@a,b:5433/db?sslmode=require&password=x&options=-csearch_path%3Dy")
                == "postgresql://u:********@a,b:5433/db?sslmode=require&password=********&options=-csearch_path%3Dy"
        )
        for uri in ["postgresql://u@db/x", "postgresql:///x?host=/run/postgresql", "sqlite:/data/a@b:c=d.db"] {
            #expect(StoreURL.masked(uri) == uri)
        }
    }

    @Test("With PostgreSQL the key file must be named, and the message tells how to make one")
    func keyFile() {
        let machine = TestMachine()
        let problems = machine.problems(["--store-url", "postgresql://db/x"])
        #expect(problems.map(\.kind) == [.contradiction])
        #expect(problems.map(\.key) == ["secrets.keyFile"])
        #expect(problems.first?.message.contains("/dev/urandom") == true)
        #expect(machine.problems(["--store-url", "postgresql://db/x"] + Self.keyFile).isEmpty)
        #expect(machine.problems([], [:]).isEmpty)
    }

    @Test("Keys that mean nothing for the store are warned about")
    func warnings() throws {
        let machine = TestMachine()
        let flags = ["--store-pool-size", "4", "--store-password-file", "/p"]
        let warnings = try machine.load(flags + ["--store-statement-timeout", "1s"]).warnings
        #expect(warnings.count == 2)
        #expect(warnings.allSatisfy { $0.contains("SQLite") })
        let postgres = ["--store-url", "postgresql://db/x"] + Self.keyFile
        #expect(try machine.load(postgres + flags + ["--content-dir", "/shared"]).warnings.isEmpty)
        #expect(try machine.load(postgres).warnings.map { $0.prefix(12) } == ["content.dir:"])
    }

    @Test("The pool is split between few writers and many readers")
    func pool() {
        #expect([2, 3, 7, 8, 12, 16, 200].map(PostgresDatabase.writers) == [1, 1, 1, 2, 3, 4, 4])
    }

    @Test("A reload takes over what a node does, and names what needs a restart")
    func reload() throws {
        let machine = TestMachine()
        let old = try machine.load(["--cluster-lease", "30s"])
        let new = try machine.load([
            "--processor-enabled", "false", "--dispatcher-enabled", "false", "--dispatcher-max-poll-interval", "1s",
            "--cluster-lease", "10s", "--node-name", "x",
        ])
        let (configuration, waiting) = old.reloaded(from: new, host: machine.host)
        #expect(!configuration.dispatch.isProcessorEnabled)
        #expect(!configuration.dispatch.isDispatcherEnabled)
        #expect(configuration.dispatch.maxPollInterval == .seconds(1))
        #expect(configuration.cluster.lease == .seconds(30))
        #expect(waiting == ["cluster.lease", "node.name"])
    }
}
