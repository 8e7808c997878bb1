import Executors
import Foundation
@preconcurrency import Glibc
import Logging
import SchedulerCore
import Synchronization

/// A process executor over a bench, and what it told the rest of the server.
final class ProcessJobBench: Sendable {
    let bench: ProcessBench
    let content: BenchContent
    let executor: ProcessJobExecutor
    let recorded = Mutex<[ProcessIdentity]>([])

    /// - Parameters:
    ///   - lookup: finds what tokens stand for.
    ///   - log: path of the requests' log; nil for one in the folder of the bench.
    ///   - refusesOutputs: whether collecting outputs fails.
    ///   - logger: for what concerns the operator.
    /// - Throws: what making a folder or a supervisor throws.
    init(
        lookup: @escaping TokenResolver.Lookup = { _, _ in nil },
        log: String? = nil,
        refusesOutputs: Bool = false,
        logger: Logger = silentLogger
    ) throws {
        bench = try ProcessBench()
        content = BenchContent(folder: bench.folder, log: log, refusesOutputs: refusesOutputs)
        let box = SettingsBox(
            ProcessJobSettings(
                users: JobUserPolicy(standard: try JobUser.current(), allowed: ["nobody"], allowsRoot: true),
                serverEnvironment: ["PATH": ProcessBench.path, "HOME": "/root", "ESCAPEMENT_ADMIN_PASSWORD": "secret"],
                workDirectory: bench.file("requests")
            )
        )
        self.box = box
        executor = ProcessJobExecutor(
            supervisor: bench.supervisor,
            content: content,
            tokens: TokenResolver(lookup: lookup),
            time: StandingTime(),
            logger: logger,
            settings: { box.value }
        )
    }

    private let box: SettingsBox

    func configure(_ change: (inout ProcessJobSettings) -> Void) { box.change(change) }

    func invocation(
        _ parameters: [String: String],
        records: Bool = true,
        _ change: (inout JobRequest) -> Void = { _ in }
    ) -> Invocation {
        let definition = MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Import")
        let type = MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/core", name: "ProcessJobType")
        var facts = RequestFacts(
            definitionID: definition,
            jobTypeID: type,
            executor: .process,
            application: "AcmeEss",
            submitter: "anna"
        )
        facts.runAsUser = "batch"
        facts.trace = "0af7651916cd43dd8448eb211c80319c"
        var request = JobRequest(
            lineage: .root(.singleton, id: RequestID(7)),
            submission: Submission(facts: facts),
            now: Timestamp(milliseconds: 1_800_000_000_000)
        )
        change(&request)
        return Invocation(
            request: request,
            parameters: parameters.map { Parameter(name: $0.key, value: $0.value) },
            handle: "handle-\(bench.folder)",
            baseURL: "http://127.0.0.1:8080/ess/rest/scheduler/v1",
            control: InvocationControl { identity in
                self.recorded.withLock { $0.append(identity) }
                return records
            }
        )
    }

    func shell(_ script: String, _ parameters: [String: String] = [:]) -> Invocation {
        invocation(parameters.merging(["SYS_cmdLine": script, "SYS_EXT_shell": "true"]) { own, _ in own })
    }

    func run(_ invocation: Invocation) async -> InvocationResult { await executor.execute(invocation) }

    var log: String { bench.text("7.log") }
}

/// Settings that a test may change between two processes.
final class SettingsBox: Sendable {
    private let state: Mutex<ProcessJobSettings>

    init(_ settings: ProcessJobSettings) { state = Mutex(settings) }

    var value: ProcessJobSettings { state.withLock { $0 } }

    func change(_ change: (inout ProcessJobSettings) -> Void) { state.withLock { change(&$0) } }
}

/// Keeps logs and outputs in the folder of a bench; collected outputs are noted, not copied.
final class BenchContent: ContentStore, ContentWriting {
    struct Refusal: Error {}

    private let folder: String
    private let log: String?
    private let refusesOutputs: Bool
    let collected = Mutex<[String]>([])
    let lines = Mutex<[String]>([])

    init(folder: String, log: String?, refusesOutputs: Bool) {
        self.folder = folder
        self.log = log
        self.refusesOutputs = refusesOutputs
    }

    func logPath(of id: RequestID) throws -> String { log ?? "\(folder)/\(id).log" }

    func log(of id: RequestID, from offset: Int64, limit: Int) throws -> ContentSlice? { nil }

    func outputDirectory(of id: RequestID) throws -> String { folder }

    func outputs(of id: RequestID) throws -> [OutputFile] { [] }

    func output(of id: RequestID, name: String, from offset: Int64, limit: Int) throws -> ContentSlice? { nil }

    func appendLog(_ line: String, of id: RequestID, level: JobLogLevel, at time: Timestamp) throws {
        lines.withLock { $0.append("\(level.label) \(line)") }
    }

    func writeOutput(_ bytes: [UInt8], name: String, of id: RequestID) throws {}

    func collectOutputs(from directory: String, of id: RequestID) throws -> OutputCollection {
        guard !refusesOutputs else { throw Refusal() }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        collected.withLock { $0 += names }
        var collection = OutputCollection()
        collection.remarks = ["one of \(names.count) was cut"]
        return collection
    }

    func remove(_ id: RequestID) throws {}
}

/// Time that stands still: executors of processes measure none.
struct StandingTime: TimeSource {
    func now() -> Timestamp { Timestamp(milliseconds: 0) }

    func monotonicNow() -> Duration { .zero }

    func sleep(for duration: Duration) async throws {}
}
