/// The examples of administration §2 of the kinds that can be defined, with the object that they name besides.
enum SpecExamples {
    static let yaml = """
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
        {kind: User, name: anna, displayName: Anna Berg, enabled: true, enterpriseId: 1, roles: [ESSOperator, GlClerk],
         passwordHash: "$scrypt$ln=15,r=8,p=1$uOSa/Vmtwnk3qxR79L1vyg$tcZoaF0pS1NL/dnrXgNhvnfabvnvNYRHOG3C41MaaUM"}
        ---
        {kind: Role, name: GlClerk, description: Runs ledger jobs, privileges: [], includes: []}
        ---
        {kind: Grant, name: gl-clerks, grantee: {role: GlClerk},
         metadata: [{resource: acme.gl.*, actions: [READ, EXECUTE]}],
         requests: [{definitions: acme.gl.*, filter: 'application eq "AcmeEss"', actions: [ESS_REQUEST_VIEW, ESS_REQUEST_HOLD]}]}
        """
}
