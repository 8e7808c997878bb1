package import PostgresClient

/// A schema that one test has for itself. Channels and advisory locks know no schemas: put its name into theirs.
package struct TestSchema: Sendable {
    package let server: PrivatePostgres
    package let name: String

    /// Leads into the schema.
    package var uri: String { "\(server.uri)?options=-csearch_path%3D\(name)" }

    package var options: PostgresOptions { PostgresOptions(uri: uri) }

    package func connect() throws -> PostgresConnection { try PostgresConnection(options) }
}
