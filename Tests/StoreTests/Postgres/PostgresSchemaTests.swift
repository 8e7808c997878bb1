import PostgresClient
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreTesting
import Testing

/// How the schema comes about.
@Suite("PostgreSQL schema", .timeLimit(.minutes(1)))
struct PostgresSchemaTests {
    private let schema: TestSchema

    init() throws { schema = try PrivatePostgres.shared().schema() }

    @Test("nodes that start together make the schema once")
    func together() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await Stores.withPostgres(in: schema) { _ = try await $0.submit(Self.sample, audit: nil) }
                }
            }
            try await group.waitForAll()
        }
        try await Stores.withPostgres(in: schema) { store in
            let found = try await store.requests(RequestQuery(limit: 9))
            #expect(found.count == 4)
        }
    }

    @Test("one that is emptied for another test is as if nobody had used it")
    func emptied() async throws {
        let witness = TableWitness(schema.database)
        try await Stores.withPostgres(in: schema) { _ in }
        let unused = try witness.content()
        for _ in 0..<2 {
            try await Stores.withPostgres(in: schema) { store in
                #expect(try await store.submit(Self.sample, audit: nil).id == RequestID(1))
                _ = try await store.putMetadata([("Role://acme/A", "{}")], origin: "API", unlessPresent: false)
            }
            #expect(try witness.content() != unused)
            try SchemaPool.empty(schema)
            #expect(try witness.content() == unused)
        }
    }

    @Test("a schema that does not exist is made, and a strange name is no way in")
    func strangeName() async throws {
        var database = schema.server.options
        database.schema = "x\"; DROP SCHEMA public; --"
        let store = try await PostgresStore.open(database)
        #expect(try await store.submit(Self.sample, audit: nil).id == RequestID(1))
        await store.close()
        let steps = try schema.connect().query(.once("SELECT count(*) FROM \"x\"\"; DROP SCHEMA public; --\".label"))
        #expect(try steps.firstRow { $0.integer() } ?? 0 > 0)
    }

    @Test("a schema of a newer program is refused and left alone")
    func newer() async throws {
        var future = PostgresStore.Options()
        future.migrations.append(PostgresMigration(name: "9999-future", sql: "CREATE TABLE future (id bigint)"))
        try await Stores.withPostgres(in: schema, options: future) { _ = try await $0.submit(Self.sample, audit: nil) }
        let fault = await #expect(throws: StoreFault.self) { _ = try await PostgresStore.open(schema.database) }
        #expect(fault?.description.contains("9999-future") == true)
        #expect(fault?.description.contains("newer") == true)
        try await Stores.withPostgres(in: schema, options: future) { store in
            let found = try await store.requests(RequestQuery(limit: 9))
            #expect(found.count == 1)
        }
    }

    @Test("a new step is run on an old schema while an older node serves it, once")
    func expand() async throws {
        var next = PostgresStore.Options()
        next.migrations.append(
            PostgresMigration(name: "0002-next", sql: "ALTER TABLE request_course ADD COLUMN extra bigint")
        )
        try await Stores.withPostgres(in: schema) { old in
            let first = try await old.submit(Self.sample, audit: nil)
            for _ in 0..<2 {
                try await Stores.withPostgres(in: schema, options: next) { new in
                    _ = try await new.submit(Self.sample, audit: nil)
                    _ = try await old.submit(Self.sample, audit: nil)
                    #expect(try await new.request(first.id)?.request == first)
                }
            }
            try await old.enter()
            let claim = Claim(node: StoreSamples.node, processor: "node", limit: 9, readyLimit: 0)
            #expect(try await old.claim(claim).started.count == 5)
        }
    }

    @Test("a step that fails leaves the schema as it was")
    func failing() async throws {
        try await Stores.withPostgres(in: schema) { _ in }
        var broken = PostgresStore.Options()
        broken.migrations.append(
            PostgresMigration(name: "0002-broken", sql: "CREATE TABLE half (id bigint); INSERT INTO nowhere VALUES (1)")
        )
        await #expect(throws: StoreFault.self) {
            _ = try await PostgresStore.open(schema.database, options: broken)
        }
        try await Stores.withPostgres(in: schema) { _ in }
        #expect(throws: PostgresError.self) { try schema.connect().execute("SELECT 1 FROM half") }
    }

    @Test("where the configuration forbids steps, a schema that lacks one is refused")
    func forbidden() async throws {
        var options = PostgresStore.Options()
        options.autoMigrate = false
        let fault = await #expect(throws: StoreFault.self) {
            _ = try await PostgresStore.open(schema.database, options: options)
        }
        #expect(fault?.description.contains("0001-requests") == true)
        try await Stores.withPostgres(in: schema) { _ in }
        try await Stores.withPostgres(in: schema, options: options) { _ = try await $0.submit(Self.sample, audit: nil) }
    }

    @Test("a server that is not there is told as such, at once")
    func away() async throws {
        let database = PostgresOptions(uri: "postgres://nobody@127.0.0.1:1/none")
        let fault = await #expect(throws: StoreFault.self) { _ = try await PostgresStore.open(database) }
        #expect(fault?.kind == .unavailable)
    }

    private static let sample = StoreSamples.submission()
}
