import Testing

@testable import escapement

@Suite("Configuration of data sources")
struct ConfigurationDataSourceTests {
    private static func machine(_ yaml: String) -> TestMachine {
        var machine = TestMachine()
        machine.files[TestMachine.defaultFile] = yaml
        return machine
    }

    @Test("Each source has its keys in the file, with defaults, and no password is shown")
    func sources() throws {
        let configuration = try Self.machine(
            """
            dataSources:
              ledger:
                url: postgresql://u:hunter2@db/ledger
                passwordFile: /secrets/ledger
                poolSize: 9
              pay-roll_2:
                url: postgres:///payroll
            """
        ).load()
        #expect(configuration.dataSources.keys.sorted() == ["ledger", "pay-roll_2"])
        let ledger = try #require(configuration.dataSources["ledger"])
        #expect(ledger.uri == "postgresql://u:hunter2@db/ledger" && ledger.poolSize == 9)
        #expect(ledger.passwordFile == "/secrets/ledger")
        #expect(configuration.dataSources["pay-roll_2"]?.poolSize == 4)
        #expect(configuration.dataSources["pay-roll_2"]?.passwordFile == nil)
        #expect(configuration.setting("dataSources.ledger.url")?.value.contains("hunter2") == false)
        #expect(try TestMachine().load().dataSources.isEmpty)
        #expect(try Self.machine("dataSources:").load().dataSources.isEmpty)
    }

    @Test(
        "What cannot be a source is refused by its key",
        arguments: [
            ("dataSources: {ledger: {poolSize: 4}}", "dataSources.ledger.url"),
            ("dataSources: {ledger: {url: 'sqlite:/x.db'}}", "dataSources.ledger.url"),
            ("dataSources: {ledger: {url: 'postgres:///x', poolSize: 0}}", "dataSources.ledger.poolSize"),
            ("dataSources: {ledger: {url: 'postgres:///x', pool: 3}}", "dataSources.ledger.pool"),
            ("dataSources: {'a.b': {url: 'postgres:///x'}}", "dataSources.a.b.url"),
            ("dataSources: {ledger: 'postgres:///x'}", "dataSources.ledger"),
        ]
    )
    func mistakes(yaml: String, key: String) {
        #expect(Self.machine(yaml).problems().map(\.key) == [key])
    }

    @Test("A source that comes, goes or changes waits for a restart")
    func reload() throws {
        let old = try Self.machine("dataSources: {a: {url: 'postgres:///a'}, b: {url: 'postgres:///b'}}").load()
        let new = try Self.machine("dataSources: {b: {url: 'postgres:///other'}, c: {url: 'postgres:///c'}}").load()
        let (kept, waiting) = old.reloaded(from: new, host: TestMachine().host)
        #expect(kept.dataSources.mapValues(\.uri) == ["a": "postgres:///a", "b": "postgres:///b"])
        #expect(Set(waiting).isSuperset(of: ["dataSources.a.url", "dataSources.b.url", "dataSources.c.url"]))
    }
}
