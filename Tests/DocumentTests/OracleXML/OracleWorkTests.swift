import Documents
import SchedulerCore
import Testing

@Suite("Import of Oracle's incompatibilities, shifts, assignments and grants")
struct OracleWorkTests {
    private static func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/gl", name: name)
    }

    // MARK: - Incompatibilities

    @Test("Incompatibilities of both types")
    func incompatibilities() throws {
        let global = """
            <incompatibility name="TidyAlone" type="GLOBAL">
              <entity id="JobDefinition://acme/gl/Tidy" self-incompatible="true" property="ledger"/>
            </incompatibility>
            """
        let alone = Incompatibility(
            id: Self.id(.incompatibility, "TidyAlone"),
            type: .global,
            entities: [IncompatibleEntity(entity: Self.id(.jobDefinition, "Tidy"), isSelfIncompatible: true)]
        )
        #expect(try OracleXMLText.object(global) == .incompatibility(alone))
        #expect(
            OracleXMLText.report(global) == [
                "2 incompatibility(TidyAlone)/entity/@property ignored a GLOBAL incompatibility compares no property"
            ]
        )
        let domain = """
            <incompatibility name="OnePerLedger"><entities>
              <entity><job-definition>/acme/gl/Import</job-definition><property-name>ledger</property-name></entity>
              <entity><job-set>/acme/gl/Nightly</job-set><property-name>submit.argument1</property-name></entity>
            </entities></incompatibility>
            """
        let perLedger = Incompatibility(
            id: Self.id(.incompatibility, "OnePerLedger"),
            type: .domain,
            entities: [
                IncompatibleEntity(entity: Self.id(.jobDefinition, "Import"), property: "ledger"),
                IncompatibleEntity(entity: Self.id(.jobSet, "Nightly"), property: "submit.argument1"),
            ]
        )
        #expect(try OracleXMLText.object(domain) == .incompatibility(perLedger))
        #expect(
            OracleXMLText.report(domain) == ["1 incompatibility(OnePerLedger) changed says no type and is DOMAIN"]
        )
        let plain =
            "<incompatibility name='I' type='GLOBAL'><entity>/acme/gl/A</entity><entity>/acme/gl/B</entity></incompatibility>"
        #expect(try OracleXMLText.object(plain).references.map(\.id.name) == ["A", "B"])
    }

    // MARK: - Shifts and assignments

    @Test("A workshift; limits below zero are none")
    func workshift() throws {
        let text = """
            <workshift name="Night" xmlns="http://xmlns.oracle.com/scheduler">
              <schedule>/acme/gl/DailyAt20</schedule><duration>600</duration><allocation>10</allocation>
              <plsql-limit>4</plsql-limit><async-java-limit>-1</async-java-limit></workshift>
            """
        let expected = Workshift(
            id: Self.id(.workshift, "Night"),
            schedule: Self.id(.schedule, "DailyAt20"),
            duration: 600,
            allocation: 10,
            plsqlLimit: 4
        )
        #expect(try OracleXMLText.object(text) == .workshift(expected))
        #expect(OracleXMLText.report(text) == ["3 workshift(Night)/async-java-limit mapped is NO_LIMIT"])
        #expect(
            OracleXMLText.report("<workshift name='W' allocation='many'/>")
                == ["1 workshift(W)/@allocation error many is no whole number"]
        )
        #expect(
            OracleXMLText.report("<workshift name='W'/>") == ["1 workshift(W)/allocation error allocation is required"]
        )
    }

    @Test("A schedule written out in a shift becomes one of its own")
    func writtenOutSchedule() {
        let reading = OracleXMLText.read(
            """
            <workshift name="Late Shift" duration="60" allocation="2">
              <schedule><recurrence><frequency>DAILY</frequency><time>20:00</time></recurrence></schedule></workshift>
            """
        )
        let id = Self.id(.schedule, "Late_Shift_Schedule")
        #expect(reading.contents.map(\.id) == [id, Self.id(.workshift, "Late_Shift")])
        #expect(reading.contents.last?.references.map(\.id) == [id])
    }

    private static func assignment(_ specialization: String) -> String {
        """
        <work-assignment name="Ledger" active="true">
        <workshifts><workshift>/acme/gl/Night</workshift><workshift name="Day" package="/acme/gl"/></workshifts>
        <specialization>\(specialization)</specialization></work-assignment>
        """
    }

    @Test(
        "The tree of a work assignment is a filter",
        arguments: [
            ("<CONDITION property='PRODUCT' operator='EQUALS' value='GL'/>", "PRODUCT eq \"GL\""),
            (
                """
                <AND><CONDITION property="PRODUCT" operator="EQUALS" value="GL"/>
                <NOT><CONDITION property="USER_NAME" operator="STARTS_WITH" value="batch"/></NOT></AND>
                """,
                "PRODUCT eq \"GL\" and not (USER_NAME sw \"batch\")"
            ),
            (
                """
                <or><condition><property>application</property><value>AcmeEss</value></condition>
                <and><condition name="REQUEST-CATEGORY" op="contains">night</condition>
                <condition>ENTERPRISE_ID != 7</condition></and></or>
                """,
                "APPLICATION eq \"AcmeEss\" or REQUEST_CATEGORY co \"night\" and ENTERPRISE_ID ne 7"
            ),
            (
                "<AND><CONDITION property='DEFINITION' value='acme/gl/Import'/></AND>",
                "DEFINITION eq \"JobDefinition://acme/gl/Import\""
            ),
            ("<CONDITION>PRODUCT = 'G\"L'</CONDITION>", "PRODUCT eq \"G\\\"L\""),
        ]
    )
    func specialization(_ tree: String, _ filter: String) throws {
        let expected = WorkAssignment(
            id: Self.id(.workAssignment, "Ledger"),
            specialization: try Specialization(parsing: filter),
            workshifts: [Self.id(.workshift, "Night"), Self.id(.workshift, "Day")]
        )
        #expect(try OracleXMLText.object(Self.assignment(tree)) == .workAssignment(expected))
        #expect(OracleXMLText.report(Self.assignment(tree)).contains { $0.contains("mapped is \(filter)") })
    }

    @Test(
        "A11: a tree that is no filter leaves the assignment out",
        arguments: [
            (
                "<CONDITION property='JOB_TYPE' value='x'/>",
                "JOB_TYPE is none of APPLICATION, DEFINITION, ENTERPRISE_ID"
            ),
            ("<CONDITION property='PRODUCT' operator='GREATER' value='x'/>", "GREATER does not compare PRODUCT"),
            ("<CONDITION property='ENTERPRISE_ID' value='x'/>", "x is no whole number"),
            ("<CONDITION property='PRODUCT'/>", "a condition without value"),
            ("<CONDITION>PRODUCT</CONDITION>", "a condition that names no property"),
            ("<AND/>", "holds no condition"),
            ("<XOR><CONDITION property='PRODUCT' value='x'/></XOR>", "is none of AND, OR, NOT, CONDITION"),
            (
                "<NOT><CONDITION property='PRODUCT' value='x'/><CONDITION property='PRODUCT' value='y'/></NOT>",
                "NOT turns exactly one condition round"
            ),
        ]
    )
    func wrongSpecialization(_ tree: String, _ reason: String) {
        let reading = OracleXMLText.read(Self.assignment(tree))
        #expect(reading.contents == [])
        #expect(reading.report.contains { $0.outcome == .error && $0.reason.hasPrefix(reason) })
    }

    @Test("An assignment without specialization is for all")
    func unspecialized() throws {
        let text = Self.assignment("").replacing("true", with: "false")
        let expected = WorkAssignment(
            id: Self.id(.workAssignment, "Ledger"),
            workshifts: [Self.id(.workshift, "Night"), Self.id(.workshift, "Day")],
            isActive: false
        )
        #expect(try OracleXMLText.object(text) == .workAssignment(expected))
    }
}
