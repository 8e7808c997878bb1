import Testing

@testable import escapement

@Suite("Configuration keys")
struct ConfigurationKeyTests {
    private static let samples = ConfigurationKeySample.all

    @Test("A56 Every key has a sample, and no sample is without key")
    func samplesCoverTheTable() {
        #expect(ConfigurationTable.server.keys.map(\.name) == Self.samples.map(\.key))
    }

    @Test("A56 Each key works as flag with a separate value", arguments: samples)
    func flag(sample: ConfigurationKeySample) throws {
        let key = try #require(ConfigurationTable.server.key(named: sample.key))
        let configuration = try TestMachine().load([key.flag, sample.text] + sample.others)
        try expect(configuration, sample, from: .flag(key.flag))
    }

    @Test("A56 Each key works as flag with an attached value", arguments: samples)
    func attachedFlag(sample: ConfigurationKeySample) throws {
        let key = try #require(ConfigurationTable.server.key(named: sample.key))
        let configuration = try TestMachine().load(["\(key.flag)=\(sample.text)"] + sample.others)
        try expect(configuration, sample, from: .flag(key.flag))
    }

    @Test("A56 Each key works as environment variable", arguments: samples)
    func variable(sample: ConfigurationKeySample) throws {
        let key = try #require(ConfigurationTable.server.key(named: sample.key))
        let configuration = try TestMachine().load(sample.others, [key.variable: sample.text])
        try expect(configuration, sample, from: .variable(key.variable))
    }

    @Test("A56 Each key works in the YAML file", arguments: samples)
    func file(sample: ConfigurationKeySample) throws {
        let machine = TestMachine(files: ["/e.yaml": sample.yaml])
        let configuration = try machine.load(["--config", "/e.yaml"] + sample.others)
        let line = sample.key.split(separator: ".").count
        try expect(configuration, sample, from: .file(path: "/e.yaml", line: line))
    }

    @Test("A56 A misspelt key names the right one, as flag, variable and YAML", arguments: samples)
    func misspelt(sample: ConfigurationKeySample) throws {
        let key = try #require(ConfigurationTable.server.key(named: sample.key))
        let flags = TestMachine().problems([swapped(key.flag), sample.text])
        #expect(flags.map(\.kind) == [.unknown(nearest: key.flag)])
        #expect(flags.map(\.origin) == [.flag(swapped(key.flag))])
        let variable = swapped(key.variable)
        let variables = TestMachine().problems([], [variable: sample.text])
        #expect(variables.map(\.kind) == [.unknown(nearest: key.variable)])
        let misspelt = ConfigurationKeySample(swapped(key.name), sample.text)
        let files = TestMachine(files: ["/e.yaml": misspelt.yaml]).problems(["--config=/e.yaml"])
        #expect(files.map(\.kind) == [.unknown(nearest: key.name)])
        #expect(files.map(\.key) == [misspelt.key])
    }

    @Test("Every default is a value that the key accepts", arguments: ConfigurationTable.server.keys)
    func defaults(key: ConfigurationKey) throws {
        let setting = try #require(try TestMachine().load().setting(key.name))
        #expect(setting.origin == .builtIn)
    }

    @Test(
        "Keys of parts that are not built are unknown",
        arguments: ["--console-enabled", "--http-tls-key", "--process-cgroup", "--auth-tokens"]
    )
    func unbuiltKeys(flag: String) {
        let problems = TestMachine().problems([flag, "x"])
        #expect(problems.count == 1)
        #expect(problems.first?.key == flag)
    }

    @Test("The help names every key as flag, with its default")
    func help() {
        let help = ConfigurationHelp.text(for: .server)
        for key in ConfigurationTable.server.keys {
            #expect(help.contains("\(key.flag) <"))
            #expect(help.contains("\(key.name), default \(key.defaultText ?? "none")"))
        }
    }

    private func expect(
        _ configuration: ServerConfiguration,
        _ sample: ConfigurationKeySample,
        from origin: ConfigurationOrigin
    ) throws {
        let setting = try #require(configuration.setting(sample.key))
        #expect(setting.value == sample.shown)
        #expect(setting.origin == origin)
    }

    /// The name with its last two characters swapped, or doubled when they are equal.
    private func swapped(_ name: String) -> String {
        var characters = Array(name)
        let last = characters.count - 1
        if characters[last] == characters[last - 1] {
            characters.append(characters[last])
        } else {
            characters.swapAt(last, last - 1)
        }
        return String(characters)
    }
}
