import SchedulerCore
import Testing

@Suite("Resources of grants")
struct ResourcePatternTests {
    @Test(
        "Each form takes in what it names",
        arguments: [
            ("*", "JobDefinition://acme/gl/Import", true), ("*", "Role://Clerk", true),
            ("acme.gl.*", "JobDefinition://acme/gl/Import", true), ("acme.gl.*", "JobSet://acme/gl/eu/Night", true),
            ("acme.gl.*", "JobDefinition://acme/glx/Import", false),
            ("acme.gl.*", "JobDefinition://acme/Import", false),
            ("acme.gl.JobDefinition.Import", "JobDefinition://acme/gl/Import", true),
            ("acme.gl.JobDefinition.Import", "JobSet://acme/gl/Import", false),
            ("acme.gl.JobDefinition.Import.v2", "JobDefinition://acme/gl/Import.v2", true),
            ("acme.gl.JobDefinition.*", "JobDefinition://acme/gl/eu/Import", true),
            ("acme.gl.JobDefinition.*", "JobSet://acme/gl/Import", false),
            ("JobDefinition://acme/gl/*", "JobDefinition://acme/gl/eu/Import", true),
            ("JobDefinition://acme/gl/*", "JobSet://acme/gl/Import", false),
            ("JobDefinition://acme/gl/Import", "JobDefinition://acme/gl/Import", true),
            ("JobDefinition:/acme/gl/Import/", "JobDefinition://acme/gl/Import", true),
            ("JobDefinition://*", "JobDefinition://any/Name", true), ("JobDefinition://*", "JobType://any/Name", false),
            ("JobDefinition.SYS_AdHocRequest", "JobDefinition://acme/SYS_AdHocRequest", false),
        ]
    )
    func contains(_ text: String, _ id: String, _ expected: Bool) throws {
        let pattern = try #require(ResourcePattern(text))
        #expect(pattern.contains(try MetadataObjectID(parsing: id, default: .jobDefinition)) == expected)
        #expect(pattern.description == text)
    }

    @Test(
        "Everything else is no resource",
        arguments: [
            "", "acme", "acme.gl", "acme.*.gl", "acme.gl.Imp*", "acme..gl.*", "acme/gl/*", "Trigger://a/B", "**",
            "JobDefinition.Import", "JobDefinition://acme/*/Import", "JobDefinition:acme/*", ".*",
            "acme.gl.JobDefinition.", "acme.JobDefinition.Na me", "JobDefinition://Import",
        ]
    )
    func refused(_ text: String) { #expect(ResourcePattern(text) == nil) }
}
