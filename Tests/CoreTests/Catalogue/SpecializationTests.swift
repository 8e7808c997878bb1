import SchedulerCore
import Testing

@Suite("Specializations of work assignments")
struct SpecializationTests {
    private let facts = SpecializationFacts(
        application: "AcmeEss",
        definition: MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Import"),
        enterpriseID: 7,
        product: "GL",
        userName: "anna"
    )

    @Test(
        "A filter over the seven fields takes requests in or leaves them out",
        arguments: [
            (#"PRODUCT eq "GL" and not (USER_NAME eq "batch")"#, true), (#"PRODUCT eq "gl""#, false),
            (#"APPLICATION sw "Acme" and APPLICATION ew "Ess" and APPLICATION co "eE""#, true),
            (#"DEFINITION eq "acme/gl/Import""#, true), (#"DEFINITION eq "JobSet://acme/gl/Import""#, false),
            (#"DEFINITION sw "JobDefinition://acme/gl/""#, true), ("ENTERPRISE_ID eq 7", true),
            ("ENTERPRISE_ID ne 7", false), (#"LOGICAL_CLUSTER_NAME ne "x""#, true),
            (#"LOGICAL_CLUSTER_NAME eq "x""#, false), (#"REQUEST_CATEGORY eq "x" or USER_NAME eq "anna""#, true),
        ]
    )
    func matches(_ text: String, _ expected: Bool) throws {
        let specialization = try Specialization(parsing: text)
        #expect(specialization.matches(facts) == expected)
        #expect(try Specialization(parsing: specialization.filter.description).filter == specialization.filter)
    }

    @Test(
        "A11: job type, execution type and priority are refused, and so is every other attribute",
        arguments: ["JOB_TYPE", "jobType", "EXECUTION_TYPE", "PRIORITY", "product", "SUBMITTER"]
    )
    func unknownFields(_ field: String) {
        #expect(throws: SchedulerError(5011, field, "1")) { try Specialization(parsing: "\(field) eq \"x\"") }
    }

    @Test(
        "Operators that a specialization does not know are refused",
        arguments: [
            ("PRODUCT gt \"x\"", SchedulerError(5012, "gt", "PRODUCT", "9")),
            ("ENTERPRISE_ID le 5", SchedulerError(5012, "le", "ENTERPRISE_ID", "15")),
            ("ENTERPRISE_ID sw 5", SchedulerError(5012, "sw", "ENTERPRISE_ID", "15")),
            ("PRODUCT pr", SchedulerError(5012, "pr", "PRODUCT", "9")),
            ("PRODUCT eq null", SchedulerError(5013, "null", "PRODUCT", "12")),
            ("ENTERPRISE_ID eq \"x\"", SchedulerError(5013, "\"x\"", "ENTERPRISE_ID", "18")),
            ("", SchedulerError(5010, "1")),
        ]
    )
    func unknownOperators(_ text: String, _ error: SchedulerError) {
        #expect(throws: error) { try Specialization(parsing: text) }
    }

    @Test("Without a specialization an assignment takes everything; the built-in one the server's own jobs")
    func assignments() {
        var assignment = BuiltInWork.internalAssignment
        #expect(!assignment.accepts(facts))
        var own = facts
        own.definition = MetadataObjectID(kind: .jobDefinition, package: "/escapement/core", name: "Check")
        #expect(assignment.accepts(own))
        assignment.specialization = nil
        #expect(assignment.accepts(facts))
    }

    @Test("A binding to a node goes before one to all")
    func bindings() {
        let assignment = WorkAssignment(
            id: BuiltInWork.internalAssignment.id,
            bindings: [WorkBinding(node: "*", scope: .exclusive), WorkBinding(node: "n1", isEnabled: false)]
        )
        #expect(assignment.binding(to: "n1") == WorkBinding(node: "n1", isEnabled: false))
        #expect(assignment.binding(to: "n2")?.scope == .exclusive)
        #expect(WorkAssignment(id: assignment.id).binding(to: "n1") == nil)
    }

    @Test("The facts are those of the request: whom it runs as, its labels, its definition")
    func requestFacts() {
        var request = RequestFacts(
            definitionID: facts.definition,
            jobTypeID: nil,
            executor: nil,
            application: "AcmeEss",
            submitter: "bert"
        )
        request.runAsUser = "anna"
        request.product = "GL"
        request.enterpriseID = 7
        #expect(SpecializationFacts(request) == facts)
    }
}
