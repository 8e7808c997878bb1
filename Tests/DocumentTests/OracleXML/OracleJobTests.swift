import Documents
import SchedulerCore
import Testing

@Suite("Import of Oracle's job types, definitions and sets")
struct OracleJobTests {
    static let definition = """
        <?xml version = '1.0' encoding = 'UTF-8'?>
        <job-definition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="Import Journals"
            job-type="/oracle/as/ess/core/ProcessJobType" xmlns="http://xmlns.oracle.com/scheduler">
          <description>Imports the journals of a ledger</description>
          <display-name-key>IMPORT_JOURNALS</display-name-key>
          <resource-bundle-id>oracle.apps.gl.Bundle</resource-bundle-id>
          <parameter-list>
            <parameter name="SYS_cmdLine" data-type="string" read-only="true">/opt/acme/import</parameter>
            <parameter name="SYS_retries" data-type="integer">2</parameter>
            <parameter name="SYS_EXT_fusionJob" data-type="boolean">true</parameter>
            <parameter name="SYS_vendorThing" data-type="string">x</parameter>
            <parameter name="SYS_userName" data-type="string">anna</parameter>
            <parameter name="since" data-type="datetime">2027-01-01T00:00:00+0100</parameter>
            <parameter name="rows" data-type="long" tooltip="rows">100</parameter>
            <parameter name="flags" data-type="blob"> a b </parameter>
            <parameter name="ledger" data-type="string"/>
            <parameter name="rows" data-type="long">200</parameter>
          </parameter-list>
          <trigger-list><trigger/></trigger-list>
          <trigger/>
        </job-definition>
        """

    private static func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/gl", name: name)
    }

    @Test("A job definition with its parameters; what is left out is reported with its line")
    func jobDefinition() throws {
        var options = OracleXMLText.options
        options.application = "AcmeEss"
        let expected = JobDefinition(
            id: Self.id(.jobDefinition, "Import_Journals"),
            description: "Imports the journals of a ledger",
            jobType: BuiltInJobType.process.id,
            application: "AcmeEss",
            parameters: [
                Parameter(name: "SYS_cmdLine", value: "/opt/acme/import", isReadOnly: true),
                Parameter(name: "SYS_retries", type: .integer, value: "2"),
                Parameter(name: "SYS_EXT_fusionJob", value: "true"),
                Parameter(name: "since", type: .dateTime, value: "2026-12-31T23:00:00.000Z"),
                Parameter(name: "rows", type: .long, value: "100"),
                Parameter(name: "flags", value: " a b "),
                Parameter(name: "ledger"),
            ]
        )
        #expect(try OracleXMLText.object(Self.definition, options) == .jobDefinition(expected))
        let path = "job-definition(Import Journals)"
        #expect(
            OracleXMLText.report(Self.definition, options) == [
                "3 job-definition/@name changed Import_Journals: _ stands for blanks",
                "5 \(path)/display-name-key ignored translation keys are not kept",
                "6 \(path)/resource-bundle-id ignored translation keys are not kept",
                "11 \(path)/parameter-list/parameter(SYS_vendorThing) ignored unknown system property",
                "12 \(path)/parameter-list/parameter(SYS_userName) ignored a system property that cannot be set here",
                "13 \(path)/parameter-list/parameter(since) changed is 2026-12-31T23:00:00.000Z",
                "14 \(path)/parameter-list/parameter(rows)/@tooltip ignored unknown attribute",
                "15 \(path)/parameter-list/parameter(flags)/@data-type changed blob is unknown and read as STRING",
                "17 \(path)/parameter-list/parameter(rows) ignored stands here before",
                "19 \(path)/trigger-list ignored triggers are not known",
                "20 \(path)/trigger ignored triggers are not known",
            ]
        )
    }

    @Test("What is imported stands beside the catalogue as if written by hand, and problems have lines of the file")
    func checked() throws {
        let good = OracleXMLText.read(Self.definition).reading
        #expect(try DocumentSet.checked([good], origin: .imported, beside: []).objects.count == 1)
        let bad = OracleXMLText.read(
            """
            <job-definition name="D"
             job-type="/acme/types/Missing">
            <parameter name="SYS_priority">12</parameter>
            </job-definition>
            """
        )
        #expect(!bad.hasErrors)
        let errors = #expect(throws: DocumentErrors.self) {
            try DocumentSet.checked([bad.reading], origin: .imported, beside: [])
        }
        #expect(errors?.problems.map(\.line) == [2, 3])
        #expect(errors?.problems.allSatisfy { $0.file == "f.xml" } == true)
    }

    @Test(
        "Types of Oracle's applications become process and HTTP jobs, which lack their code parameters",
        arguments: ["CJobType", "HostJobType", "PerlJobType", "SqlLdrJobType", "SqlPlusJobType", "BIPJobType"]
    )
    func replacedTypes(_ name: String) throws {
        let isHTTP = name == "BIPJobType"
        let type: BuiltInJobType = isHTTP ? .http : .process
        let text = "<job-definition name='D' job-type='/oracle/apps/ess/types/\(name)'/>"
        #expect(
            try OracleXMLText.object(text)
                == .jobDefinition(JobDefinition(id: Self.id(.jobDefinition, "D"), jobType: type.id))
        )
        let needed = isHTTP ? "SYS_EXT_httpUrl" : "SYS_cmdLine or SYS_EXT_cmdLine.Unix or SYS_EXT_executableName"
        let item = "1 job-definition(D)/@job-type changed \(name) is \(type.id)"
        #expect(OracleXMLText.report(text) == ["\(item); set \(needed) before it is applied"])
        // Nothing that cannot run is applied.
        let reading = OracleXMLText.read(text).reading
        #expect(throws: DocumentErrors.self) {
            try DocumentSet.checked([reading], origin: .imported, beside: [])
        }
        let parameter = isHTTP ? "SYS_EXT_httpUrl" : "SYS_cmdLine"
        let complete = text.replacing("/>", with: "><parameter name='\(parameter)'>x</parameter></job-definition>")
        #expect(OracleXMLText.report(complete) == [item])
        #expect(
            OracleXMLText.report("<job-type name='\(name)' execution-type='JAVA_TYPE'/>") == [
                "1 job-type(\(name)) ignored \(type.id) stands for it"
            ]
        )
    }

    @Test("EJB types and jobs, and types that are built in, are left out")
    func leftOut() {
        var core = OracleXMLText.options
        core.package = "/oracle/as/ess/core/"
        let texts = [
            ("<job-type name='SyncEJBJobType' execution-type='JAVA_TYPE'/>", "there are no EJB jobs"),
            ("<job-type name='JavaJobType' execution-type='JAVA_TYPE'/>", "is built in"),
            ("<trigger name='T'/>", "triggers are not known"), ("<other/>", "unknown element"),
        ]
        for (text, reason) in texts {
            let reading = OracleXMLText.read(text, core)
            #expect(reading.contents == [])
            #expect(reading.report.map(\.reason) == [reason])
            #expect(reading.report.map(\.outcome) == [.ignored])
        }
        let job = OracleXMLText.read("<job-definition name='D' job-type='/oracle/as/ess/core/AsyncEJBJobType'/>")
        #expect(job.contents == [])
        #expect(job.report.map(\.outcome) == [.ignored])
    }

    @Test(
        "A job type rests on the built-in one of its execution type",
        arguments: [
            ("JAVA_TYPE", BuiltInJobType.swift), ("PROCESS_TYPE", .process), ("SQL_TYPE", .plsql), ("java", .swift),
        ]
    )
    func jobTypes(_ execution: String, _ root: BuiltInJobType) throws {
        let text = """
            <job-type name="T" execution-type="\(execution)">
            <parameter name="SYS_className" read-only="Y">acme.Job</parameter></job-type>
            """
        let expected = JobType(
            id: Self.id(.jobType, "T"),
            executionType: root.executionType,
            extends: root.id,
            parameters: [Parameter(name: "SYS_className", value: "acme.Job", isReadOnly: true)]
        )
        #expect(try OracleXMLText.object(text) == .jobType(expected))
        let line = "1 job-type(T) changed extends \(root.id): each job type rests on a built-in one"
        #expect(OracleXMLText.report(text).contains(line))
    }

    @Test("References are ids in each spelling, elements of name and package, or bare names")
    func references() throws {
        let java = MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/core", name: "JavaJobType")
        let spellings = [
            "<job-definition name='D' job-type='JobType://oracle/as/ess/core/JavaJobType'/>",
            "<job-definition name='D'><job-type>oracle/as/ess/core/JavaJobType/</job-type></job-definition>",
            """
            <job-definition name='D'><job-type><name>JavaJobType</name><package-name>/oracle/as/ess/core/</package-name>
            <type>JOB_TYPE</type></job-type></job-definition>
            """,
            """
            <jobDefinition><name>D</name><packageName>acme.gl</packageName><jobType><packageName>oracle.as.ess.core
            </packageName><name>JavaJobType</name></jobType></jobDefinition>
            """,
            "<job-definition name='D' package='/acme/gl'><job-type>JavaJobType</job-type></job-definition>",
        ]
        for text in spellings {
            let expected = JobDefinition(id: Self.id(.jobDefinition, "D"), jobType: java)
            var options = OracleXMLText.options
            if text.contains("acme") { options.package = nil }
            if text.contains(">JavaJobType</job-type>") {
                let line =
                    "1 job-definition(D)/job-type changed JavaJobType is taken for one of package \(java.package)"
                #expect(OracleXMLText.report(text, options).contains(line))
            }
            #expect(try OracleXMLText.object(text, options) == .jobDefinition(expected), "\(text)")
        }
    }

    @Test("An object without package or job type, and one with a wrong name, is an error")
    func incomplete() {
        let bare = OracleXMLOptions(source: "sub/Nightly.xml")
        let text = "<job-definition job-type='/a/T'/>"
        #expect(
            OracleXMLText.report(text, bare) == [
                "1 job-definition changed has no name; is called after the file",
                "1 job-definition(Nightly) error belongs to no package: the file names none, and none was given",
            ]
        )
        #expect(OracleXMLText.report("<job-definition name='D'/>") == ["1 job-definition(D) error names no job type"])
        #expect(
            OracleXMLText.report("<job-definition name='a/b' job-type='/a/T'/>")
                == ["1 job-definition(a/b)/name error a/b is no name of a JobDefinition"]
        )
        #expect(
            OracleXMLText.report("<job-definition name='D' job-type='Schedule://a/T'/>")
                == ["1 job-definition(D)/@job-type error Schedule://a/T is no id of a JobType"]
        )
    }

    // MARK: - Sets

    @Test("A serial set with links; after a step without links Oracle ends the set")
    func serialSet() throws {
        let text = """
            <job-set name="Nightly" execution-mode="SERIAL" first-step="load it" xmlns="http://xmlns.oracle.com/scheduler">
              <job-set-steps>
                <step step-id="load it" job-definition="/acme/gl/Import Journals">
                  <parameter-list><parameter name="submit.argument1">US</parameter></parameter-list>
                  <link type="success">post</link><link type="ERROR" step-id="tidy"/>
                </step>
                <step step-id="post"><job-id><name>Post</name><package-name>/acme/gl/</package-name>
                  <type>JOB_SET</type></job-id><links><warning>tidy</warning></links></step>
                <step step-id="tidy" job="/acme/gl/Tidy"/>
              </job-set-steps>
            </job-set>
            """
        let expected = JobSet(
            id: Self.id(.jobSet, "Nightly"),
            executionMode: .serial,
            firstStep: "load_it",
            steps: [
                JobSetStep(
                    stepID: "load_it",
                    job: Self.id(.jobDefinition, "Import_Journals"),
                    parameters: [Parameter(name: "submit.argument1", value: "US")],
                    links: StepLinks(success: "post", error: "tidy")
                ),
                JobSetStep(stepID: "post", job: Self.id(.jobSet, "Post"), links: StepLinks(warning: "tidy")),
                JobSetStep(stepID: "tidy", job: Self.id(.jobDefinition, "Tidy"), links: StepLinks()),
            ]
        )
        #expect(try OracleXMLText.object(text) == .jobSet(expected))
        #expect(
            OracleXMLText.report(text).map { $0.split(separator: " ").last ?? "" } == ["blanks", "blanks", "blanks"]
        )
    }

    @Test("Steps without any links follow one another; a parallel set has no order")
    func plainSets() throws {
        let steps = "<step id='a' job='/acme/gl/A'/><step id='b' job='/acme/gl/B'/>"
        let serial = "<job-set name='S'>\(steps)</job-set>"
        guard case .jobSet(let set) = try OracleXMLText.object(serial) else {
            throw OracleXMLText.Unexpected(report: [])
        }
        #expect(set.executionMode == .serial)
        #expect(set.steps.map(\.links) == [nil, nil])
        #expect(OracleXMLText.report(serial) == ["1 job-set(S) changed says no execution mode and is SERIAL"])

        let linked = steps.replacing("'/acme/gl/A'/>", with: "'/acme/gl/A' on-success='b'/>")
        let parallel = "<job-set name='P' execution-mode='parallel' first-step='a'>\(linked)</job-set>"
        guard case .jobSet(let set) = try OracleXMLText.object(parallel) else {
            throw OracleXMLText.Unexpected(report: [])
        }
        #expect(set.executionMode == .parallel)
        #expect(set.firstStep == nil)
        #expect(set.steps.map(\.links) == [nil, nil])
        #expect(
            OracleXMLText.report(parallel) == [
                "1 job-set(P)/@first-step ignored the steps of a parallel set have no order",
                "1 job-set(P)/step(a)/@on-success ignored the steps of a parallel set have no order",
            ]
        )
    }

    @Test("A step without kind is a definition if that exists, else a set")
    func undecidedStep() throws {
        let set = OracleXMLText.read("<job-set name='S' mode='SERIAL'><step id='a' job='/acme/gl/Inner'/></job-set>")
        let inner = JobSet(
            id: Self.id(.jobSet, "Inner"),
            executionMode: .parallel,
            steps: [JobSetStep(stepID: "x", job: Self.id(.jobDefinition, "D"))]
        )
        let definition = JobDefinition(
            id: Self.id(.jobDefinition, "D"),
            jobType: BuiltInJobType.process.id,
            parameters: [Parameter(name: "SYS_cmdLine", value: "true")]
        )
        let others = [MetadataContent.jobSet(inner), .jobDefinition(definition)]
        let checked = try DocumentSet.checked(
            [set.reading],
            origin: .imported,
            beside: others.map { MetadataObject($0, origin: .api) }
        )
        #expect(checked.objects.first?.content.jobSet?.steps.map(\.job) == [inner.id])
    }

    @Test("Several objects in one file, below elements of any name")
    func severalObjects() {
        let text = """
            <metadata><group>
              <job-type name="T" execution-type="PROCESS_TYPE"/>
              <job-definition name="D" job-type="/acme/gl/T"><parameter name="SYS_cmdLine">true</parameter>
              </job-definition></group><notes/></metadata>
            """
        let reading = OracleXMLText.read(text)
        #expect(reading.contents.map(\.id) == [Self.id(.jobType, "T"), Self.id(.jobDefinition, "D")])
        #expect(reading.report.filter { $0.outcome == .ignored }.map(\.item) == ["notes"])
    }
}
