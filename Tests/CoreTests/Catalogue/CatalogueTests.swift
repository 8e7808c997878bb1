import SchedulerCore
import Testing

@Suite("Catalogue")
struct CatalogueTests {
    typealias Fixture = CatalogueFixture

    @Test("Built-in objects are always there; the Java type is an alias of the Swift type")
    func builtIn() throws {
        let ids = Catalogue.builtIn.allObjects.map(\.id.description)
        #expect(ids.count == 19)
        #expect(ids.contains("JobType://oracle/as/ess/core/ProcessJobType"))
        #expect(ids.contains("JobType://escapement/core/HTTPJobType"))
        #expect(ids.contains("Role://EscapementAdmin"))
        #expect(!ids.contains { $0.contains("JavaJobType") })
        for text in ["/oracle/as/ess/core/JavaJobType", "/oracle/as/ess/ext/JavaJobType"] {
            let id = try MetadataObjectID(parsing: text, only: .jobType)
            #expect(BuiltInJobType(id) == .swift)
            #expect(Catalogue.builtIn[id]?.id == BuiltInJobType.swift.id)
            #expect(Catalogue.builtIn.jobType(id)?.executionType == .java)
        }
    }

    @Test("Given objects do not replace built-in ones")
    func noReplacement() {
        let role = Role(name: "ESSOperator", privileges: Set(Privilege.allCases))
        let catalogue = Fixture.catalogue(.role(role))
        #expect(catalogue.role(named: "ESSOperator")?.privileges == [.monitor])
    }

    @Test("A definition resolves to its root type and the parameters of the whole chain")
    func resolution() throws {
        let catalogue = Fixture.catalogue(
            .jobType(Fixture.jobType([Parameter(name: "a", value: "type"), Parameter(name: "b", value: "type")])),
            .jobDefinition(Fixture.definition([Parameter(name: "b", value: "definition")]))
        )
        let resolved = try #require(catalogue.resolvedDefinition(Fixture.definitionID))
        #expect(resolved.root == .process)
        #expect(resolved.parameters.map(\.value) == ["type", "definition", "/bin/true"])
        #expect(resolved.isVisible(toApplication: nil))
        #expect(resolved.isVisible(toApplication: "AcmeEss"))
        #expect(!resolved.isVisible(toApplication: "Other"))
        #expect(catalogue.jobDefinition(Fixture.definitionID)?.application == "AcmeEss")
    }

    @Test("A definition whose types are not all there does not resolve")
    func brokenChain() {
        let catalogue = Fixture.catalogue(.jobDefinition(Fixture.definition()))
        #expect(catalogue.resolvedDefinition(Fixture.definitionID) == nil)
        let circle = JobType(id: Fixture.typeID, executionType: .process, extends: Fixture.typeID)
        let endless = Fixture.catalogue(.jobType(circle), .jobDefinition(Fixture.definition()))
        #expect(endless.resolvedDefinition(Fixture.definitionID) == nil)
    }

    @Test("The first candidate that exists counts")
    func candidates() throws {
        let catalogue = Fixture.catalogue(.jobDefinition(Fixture.definition()))
        let ids = try MetadataObjectID.candidates(parsing: "acme/gl/Import", kinds: [.jobSet, .jobDefinition])
        #expect(catalogue.first(of: ids)?.id == Fixture.definitionID)
        #expect(catalogue.first(of: []) == nil)
    }

    @Test("A password hash shows in no description")
    func passwordHash() {
        let user = User(name: "anna", passwordHash: PasswordHashText("$scrypt$canary"))
        let object = MetadataObject(.user(user), origin: .directory)
        #expect(!"\(object)".contains("canary"))
        #expect(!String(reflecting: object).contains("canary"))
        var dumped = ""
        dump(object, to: &dumped)
        #expect(!dumped.contains("canary"))
    }
}
