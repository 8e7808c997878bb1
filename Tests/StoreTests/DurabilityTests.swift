import Foundation
import SchedulerCore
import SchedulerTesting
import StoreSQLite
import StoreTesting
import Testing

/// What is on disk, and who may have it.
@Suite("SQLite file", .timeLimit(.minutes(1)))
struct DurabilityTests {
    private let folder: TemporaryFolder
    private let time = ManualTime()

    init() throws { folder = try TemporaryFolder() }

    @Test("I6: what was answered is in a copy of the files taken at that moment, as after a power failure")
    func answeredIsOnDisk() async throws {
        let copy = try TemporaryFolder()
        try await Stores.withStore(in: folder, time: time) { store in
            for _ in 0..<20 { _ = try await store.submit(StoreSamples.full(), audit: nil) }
            // What the kernel would lose is not in question here: the log holds the rows, not only the process.
            for file in ["escapement.db", "escapement.db-wal"] {
                try FileManager.default.copyItem(atPath: folder.path(of: file), toPath: copy.path(of: file))
            }
        }
        try await Stores.withStore(in: copy, time: time) { store in
            let found = try await store.requests(RequestQuery(limit: 100))
            #expect(found.count == 20)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    @Test("numbers, epochs and store time go on after a reopening")
    func countersGoOn() async throws {
        let before = time.now()
        try await Stores.withStore(in: folder, time: time) { store in
            let test = Stores.test(store, time)
            let running = try await test.start(test.submit().id)
            #expect(running.epoch == AttemptEpoch(1))
        }
        time.jumpWallClock(by: .seconds(-3600))
        try await Stores.withStore(in: folder, time: time) { store in
            let test = Stores.test(store, time)
            let request = try await test.submit()
            #expect(request.id == RequestID(2))
            #expect(request.submissionTime == before)
            #expect(try await test.start(request.id).epoch == AttemptEpoch(2))
        }
    }

    @Test("a closed store leaves one file beside its lock, and refuses calls as unavailable")
    func closing() async throws {
        let store = try await SQLiteStore.open(path: folder.database, time: time)
        _ = try await store.submit(StoreSamples.submission(), audit: nil)
        await store.close()
        await store.close()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.sorted() == ["escapement.db", "escapement.lock"])
        let writing = await #expect(throws: StoreFault.self) { _ = try await store.perform([]) }
        #expect(writing?.kind == .unavailable)
        let reading = await #expect(throws: StoreFault.self) { _ = try await store.request(RequestID(1)) }
        #expect(reading?.kind == .unavailable)
    }

    @Test("calls that wait when the store closes are carried out")
    func closingDrains() async throws {
        let store = try await SQLiteStore.open(path: folder.database, time: time)
        let answered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { (try? await store.submit(StoreSamples.submission(), audit: nil)) != nil }
            }
            group.addTask {
                await store.close()
                return false
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        try await Stores.withStore(in: folder, time: time) { store in
            let found = try await store.requests(RequestQuery(limit: 100))
            #expect(found.count == answered)
        }
    }

    @Test("only the owner may read the files")
    func fileModes() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            _ = try await store.submit(StoreSamples.submission(), audit: nil)
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(of: file))
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
            }
        }
    }

    @Test("a second store on the directory is refused and told who has it")
    func secondOpener() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            let fault = await #expect(throws: StoreFault.self) {
                _ = try await SQLiteStore.open(path: folder.database, time: time)
            }
            #expect(fault?.kind == .unavailable)
            let holder = "is in use by process \(ProcessInfo.processInfo.processIdentifier)"
            #expect(fault?.description.contains(holder) == true)
            // The holder is not disturbed.
            _ = try await store.submit(StoreSamples.submission(), audit: nil)
        }
        try await Stores.withStore(in: folder, time: time) { store in
            let found = try await store.requests(RequestQuery(limit: 9))
            #expect(found.count == 1)
        }
    }

    @Test("I59: store time goes on from the first moment after opening, and a failed opening is over when it is told")
    func reopening() async throws {
        var broken = SQLiteStore.Options()
        broken.migrations.append(Migration(name: "9998-broken", sql: "CREATE TABLE"))
        var newest = Timestamp(milliseconds: 0)
        for _ in 0..<40 {
            await #expect(throws: StoreFault.self) {
                _ = try await SQLiteStore.open(path: folder.database, time: time, options: broken)
            }
            try await Stores.withStore(in: folder, time: time) { store in
                let now = await store.now()
                #expect(now >= newest)
                newest = try await store.submit(StoreSamples.submission(), audit: nil).submissionTime
            }
            time.jumpWallClock(by: .seconds(-60))
        }
    }

    @Test("a file of a newer program is refused and left alone")
    func newerSchema() async throws {
        var future = SQLiteStore.Options()
        future.migrations.append(Migration(name: "9999-future", sql: "CREATE TABLE future (id INTEGER PRIMARY KEY)"))
        try await Stores.withStore(in: folder, time: time, options: future) { store in
            _ = try await store.submit(StoreSamples.submission(), audit: nil)
        }
        let fault = await #expect(throws: StoreFault.self) {
            _ = try await SQLiteStore.open(path: folder.database, time: time)
        }
        #expect(fault?.description.contains("9999-future") == true)
        #expect(fault?.description.contains("newer") == true)
        try await Stores.withStore(in: folder, time: time, options: future) { store in
            let found = try await store.requests(RequestQuery(limit: 9))
            #expect(found.count == 1)
        }
    }

    @Test("a new step is run on an old file, once")
    func migration() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            _ = try await store.submit(StoreSamples.submission(), audit: nil)
        }
        var next = SQLiteStore.Options()
        next.migrations.append(Migration(name: "0002-next", sql: "ALTER TABLE node ADD COLUMN extra TEXT"))
        for _ in 0..<2 {
            try await Stores.withStore(in: folder, time: time, options: next) { store in
                let found = try await store.requests(RequestQuery(limit: 9))
                #expect(found.count == 1)
            }
        }
    }

    @Test("what an older program has written is taken over: requests, a node that ran them, metadata")
    func upgrade() async throws {
        let first = try #require(Migration.all.first)
        let rows = """
            INSERT INTO label (key, text) VALUES (1, '\(StoreSamples.node.value)');
            INSERT INTO node VALUES (1, 'node-1', 4711, 1, 'b', 9000000000000);
            INSERT INTO metadata VALUES ('User://anna', 'API', 3, '{}', 7);
            INSERT INTO label (key, text) VALUES
                (2, '\(StoreSamples.definition())'), (3, 'JobType://acme/Type'), (4, 'Acme'), (5, 'anna');
            INSERT INTO request (
                id, type, definition, job_type, executor, application, submitter, run_as_user, enterprise_id,
                has_cancel_call, abs_parent_id, instance_parent_id, submission_time, revision, priority, state,
                state_time, cause, phase, scheduled_time, elapsed, attempt, retried_count, paused_count,
                handle_status, is_timed_out, cancel_cause, cancel_calls, late_calls, dispatch_at, is_pending
            ) VALUES (1, 0, 2, 3, 6, 4, 5, 5, 1, 0, 1, 1, 7, 0, 4, 1, 7, 0, 2, 7, 0, 1, 0, 0, 0, 0, 7, 0, 0, 7, 1);
            UPDATE counter SET last_time = 7, last_request = 1;
            """
        // The later steps find the rows there.
        var upgraded = SQLiteStore.Options()
        upgraded.migrations[0] = Migration(name: first.name, sql: first.sql + rows)
        try await Stores.withStore(in: folder, time: time, options: upgraded) { store in
            let request = try #require(try await store.request(RequestID(1))?.request)
            #expect(request.kinship == Kinship() && request.facts.executionMode == .none && request.state == .wait)
            #expect(try await store.nodes().map(\.name) == ["node-1"])
            #expect(try await store.metadata().map(\.version) == [3])
            #expect(try await store.metadataRevision() == 0)
            try await store.enter(StoreSamples.otherNode)
            #expect(try await store.renew(StoreSamples.node, lease: StoreSamples.lease) == .none)
            let claim = Claim(node: StoreSamples.otherNode, processor: "node", limit: 5, readyLimit: 0)
            #expect(try await store.claim(claim).started.count == 1)
        }
    }

    @Test("a step that fails leaves the file as it was")
    func failingMigration() async throws {
        try await Stores.withStore(in: folder, time: time) { _ in }
        var broken = SQLiteStore.Options()
        broken.migrations.append(
            Migration(name: "0002-broken", sql: "CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1)")
        )
        await #expect(throws: StoreFault.self) {
            _ = try await SQLiteStore.open(path: folder.database, time: time, options: broken)
        }
        try await Stores.withStore(in: folder, time: time) { store in
            let plan = try await store.queryPlan(of: "SELECT 1 FROM node")
            #expect(!plan.isEmpty)
            await #expect(throws: StoreFault.self) { _ = try await store.queryPlan(of: "SELECT 1 FROM half") }
        }
    }

    @Test("a file that is no database, and a directory that is not there, are refused with a reason")
    func foreignFile() async throws {
        try Data(repeating: 7, count: 8192).write(to: URL(fileURLWithPath: folder.database))
        let foreign = await #expect(throws: StoreFault.self) {
            _ = try await SQLiteStore.open(path: folder.database, time: time)
        }
        #expect(foreign?.description.contains("not a database") == true)
        let nowhere = await #expect(throws: StoreFault.self) {
            _ = try await SQLiteStore.open(path: folder.path(of: "none/escapement.db"), time: time)
        }
        #expect(nowhere?.description.contains("none") == true)
    }
}
