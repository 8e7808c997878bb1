/// The examples of administration §2, with the objects that they name besides.
enum SpecExamples {
    static let yaml = examples + "\n---\n" + named

    /// As they stand in the specification.
    private static let examples = """
        {kind: JobType, package: /acme/types, name: Batch, executionType: PROCESS_TYPE,
         extends: JobType://oracle/as/ess/core/ProcessJobType,
         parameters: [{name: SYS_EXT_limits, value: "memory=512MiB,files=256,cpu=600", readOnly: true}]}
        ---
        kind: JobDefinition  # process job
        package: /acme/gl
        name: ImportJournals
        application: AcmeEss
        jobType: JobType://acme/types/Batch
        parameters:
          - {name: SYS_cmdLine, value: '/opt/acme/import --ledger ${ESS_REQ:submit.argument1}'}
          - {name: SYS_retries, paramType: INTEGER, value: "2"}
          - {name: SYS_product, value: GL, readOnly: true}
          - {name: submit.argument1, ui: {prompt: Ledger, required: true, choices: [US, EU]}}
        ---
        kind: JobDefinition  # asynchronous HTTP job
        package: /acme/gl
        name: PostLedger
        jobType: JobType://escapement/core/HTTPJobType
        parameters:
          - {name: SYS_EXT_httpMode, value: async}
          - {name: SYS_EXT_httpUrl, value: "https://ledger.example/jobs"}
          - {name: SYS_EXT_httpHeaders, value: 'Authorization: Bearer ${SECRET:ledger-token}'}
          - {name: SYS_request_timeout, paramType: LONG, value: "60"}
        ---
        kind: JobSet
        package: /acme/gl
        name: Nightly
        executionMode: SERIAL
        firstStep: load
        steps:
          - {stepId: load, job: JobDefinition://acme/gl/ImportJournals, links: {SUCCESS: post, WARNING: post, ERROR: tidy},
             parameters: [{name: submit.argument1, value: US}]}
          - {stepId: post, job: JobDefinition://acme/gl/PostLedger, links: {SUCCESS: tidy},
             parameters: [{name: SYS_selectState, paramType: BOOLEAN, value: "true"}]}
          - {stepId: tidy, job: JobDefinition://acme/gl/Tidy, links: {}}
        ---
        {kind: JobSet, package: /acme/gl, name: Both, executionMode: PARALLEL, steps: [
          {stepId: night, job: JobSet://acme/gl/Nightly}, {stepId: tidy, job: acme/gl/Tidy}]}
        ---
        {kind: Schedule, package: /acme/gl, name: WorkdaysAtSix, timezone: Europe/Berlin, overlapPolicy: defer,
         catchUpPolicy: latest, inclusions: ["2027-01-09T05:00:00Z"], exclusions: ["2027-12-24T05:00:00Z"],
         recurrences: [{icalString: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=6;BYMINUTE=0", startDate: "2027-01-01T00:00:00Z"}]}
        ---
        {kind: Incompatibility, package: /acme/gl, name: ImportOrTidy, type: GLOBAL,
         entities: [{entity: acme/gl/ImportJournals}, {entity: acme/gl/Tidy}]}
        ---
        {kind: Incompatibility, package: /acme/gl, name: OnePerLedger, type: DOMAIN, entities: [
          {entity: acme/gl/ImportJournals, property: submit.argument1}, {entity: acme/gl/PostLedger, property: ledger}]}
        ---
        {kind: Incompatibility, package: /acme/gl, name: TidyAlone, type: GLOBAL,
         entities: [{entity: acme/gl/Tidy, selfIncompatible: true}]}
        ---
        {kind: Workshift, package: /acme/ops, name: Night, schedule: Schedule://acme/ops/DailyAt20, duration: 600,
         allocation: 10, plsqlLimit: 4, asyncJavaLimit: NO_LIMIT}
        ---
        {kind: WorkAssignment, package: /acme/ops, name: Ledger, active: true, workshifts: [Workshift://acme/ops/Night],
         specialization: 'PRODUCT eq "GL" and not (USER_NAME eq "batch")',
         bindings: [{node: "*", scope: exclusive, enabled: true}]}
        ---
        {kind: PurgePolicy, package: /acme/ops, name: Ledger, enabled: true, schedule: Schedule://acme/ops/DailyAt3,
         criteria: {application: AcmeEss, product: GL}, maxRequests: 100000, logicalDeleteOnly: false,
         retentionDays: {default: 90, success: 30, error: 180, warning: 90, cancelled: 30}}
        ---
        {kind: User, name: anna, displayName: Anna Berg, enabled: true, enterpriseId: 1, roles: [ESSOperator, GlClerk],
         passwordHash: "$scrypt$ln=15,r=8,p=1$uOSa/Vmtwnk3qxR79L1vyg$tcZoaF0pS1NL/dnrXgNhvnfabvnvNYRHOG3C41MaaUM"}
        ---
        {kind: Role, name: GlClerk, description: Runs ledger jobs, privileges: [], includes: []}
        ---
        {kind: Grant, name: gl-clerks, grantee: {role: GlClerk},
         metadata: [{resource: acme.gl.*, actions: [READ, EXECUTE]}],
         requests: [{definitions: acme.gl.*, filter: 'application eq "AcmeEss"', actions: [ESS_REQUEST_VIEW, ESS_REQUEST_HOLD]}]}
        """

    private static let named = """
        {kind: JobDefinition, package: /acme/gl, name: Tidy, jobType: /escapement/core/SwiftJobType,
         parameters: [{name: SYS_className, value: Tidy}]}
        ---
        {kind: Schedule, package: /acme/ops, name: DailyAt20, recurrences: [{icalString: "FREQ=DAILY;BYHOUR=20;BYMINUTE=0"}]}
        ---
        {kind: Schedule, package: /acme/ops, name: DailyAt3, recurrences: [{icalString: "FREQ=DAILY;BYHOUR=3;BYMINUTE=0"}]}
        """
}
