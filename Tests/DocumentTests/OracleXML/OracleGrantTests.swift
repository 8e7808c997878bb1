import Documents
import SchedulerCore
import Testing

@Suite("Import of grants from jazn-data.xml")
struct OracleGrantTests {
    static let jazn = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <jazn-data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:noNamespaceSchemaLocation="http://xmlns.oracle.com/oracleas/schema/jazn-data-11_0.xsd">
          <jazn-realm default="jazn.com"><realm><name>jazn.com</name><users><user><name>anna</name>
            <credentials>{903}canary</credentials></user></users></realm></jazn-realm>
          <policy-store><applications><application>
            <name>EssDemoApp</name>
            <app-roles><app-role><name>GlClerk</name></app-role></app-roles>
            <jazn-policy>
              <grant>
                <grantee><principals><principal>
                  <class>oracle.security.jps.service.policystore.ApplicationRole</class><name>GlClerk</name>
                </principal></principals></grantee>
                <permissions>
                  <permission><class>oracle.as.scheduler.security.MetadataPermission</class>
                    <name>acme.gl.JobDefinition.Import Journals</name><actions>EXECUTE,read</actions></permission>
                  <permission><class>oracle.as.scheduler.security.MetadataPermission</class>
                    <name>acme.gl.*</name><actions>CREATE, FLY</actions></permission>
                  <permission><class>java.lang.RuntimePermission</class><name>x</name><actions>y</actions></permission>
                </permissions>
              </grant>
              <grant>
                <grantee><principals>
                  <principal><class>weblogic.security.principal.WLSUserImpl</class><name>anna@acme</name></principal>
                  <principal><class>oracle.security.jps.service.policystore.ApplicationRole</class>
                    <name>GlClerk</name></principal>
                  <principal><class>oracle.security.jps.internal.core.principals.JpsAuthenticatedRoleImpl</class>
                    <name>authenticated-role</name></principal>
                </principals></grantee>
                <permissions><permission><class>oracle.as.scheduler.security.RuntimeDataPermission</class>
                  <name>acme.gl.*</name><actions>ESS_REQUEST_VIEW,hold</actions></permission></permissions>
              </grant>
              <grant><grantee><codesource><url>file:/x.jar</url></codesource></grantee>
                <permissions><permission><class>oracle.as.scheduler.security.MetadataPermission</class>
                  <name>no resource</name><actions>ALL</actions></permission></permissions></grant>
            </jazn-policy>
          </application></applications></policy-store>
        </jazn-data>
        """

    @Test("One grant for each role and user of an application, with the rights on metadata and requests")
    func grants() throws {
        // Grants need no package.
        let reading = OracleXMLText.read(Self.jazn, OracleXMLOptions(source: "jazn-data.xml"))
        let all = try #require(ResourcePattern("acme.gl.*"))
        let import_ = try #require(ResourcePattern("acme.gl.JobDefinition.Import_Journals"))
        let requests = [RequestRule(definitions: all, actions: [.read, .hold])]
        let role = Grant(
            name: "EssDemoApp.GlClerk",
            grantee: .role("GlClerk"),
            metadata: [
                MetadataRule(resource: import_, actions: [.execute, .read]),
                MetadataRule(resource: all, actions: [.create]),
            ],
            requests: requests
        )
        let user = Grant(name: "EssDemoApp.user.annaacme", grantee: .user("anna@acme"), requests: requests)
        #expect(reading.contents == [.grant(role), .grant(user)])
        #expect(!reading.hasErrors)
        let reasons = reading.report.filter { $0.outcome == .ignored }.map(\.reason)
        #expect(
            reasons == [
                "users, roles and their members are not imported", "users, roles and their members are not imported",
                "FLY is no action", "RuntimePermission is no permission of the scheduler",
                "a principal that is no named user or role", "unknown element",
                "no_resource is no resource",
            ]
        )
        #expect(!reading.report.description.contains("canary"))
        // The same file gives the same grants.
        #expect(OracleXMLText.read(Self.jazn).contents == reading.contents)
    }

    @Test("A grant is applied where its user or role exists")
    func checked() throws {
        let reading = OracleXMLText.read(Self.jazn).reading
        #expect(throws: DocumentErrors.self) {
            try DocumentSet.checked([reading], origin: .imported, beside: [])
        }
        let others = [MetadataContent.role(Role(name: "GlClerk")), .user(User(name: "anna@acme"))]
        let set = try DocumentSet.checked(
            [reading],
            origin: .imported,
            beside: others.map { MetadataObject($0, origin: .api) }
        )
        #expect(set.objects.count == 2)
    }
}
