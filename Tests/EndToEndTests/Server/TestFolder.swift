import Foundation

/// A temporary folder with metadata for a server; it goes with the test.
final class TestFolder: Sendable {
    private let root: String

    /// - Parameter documents: YAML of the metadata directory.
    /// - Throws: if the folder cannot be made.
    init(_ documents: String = TestFolder.standardDocuments) throws {
        root = NSTemporaryDirectory() + "escapement-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root + "/metadata", withIntermediateDirectories: true)
        try documents.write(toFile: root + "/metadata/test.yaml", atomically: true, encoding: .utf8)
        // Whoever runs the jobs must be able to pass through and to write the journal.
        chmod(root, 0o711)
        chmod(root + "/metadata", 0o755)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func text(_ name: String) -> String { (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? "" }

    /// Processes of jobs that work below this folder.
    var jobProcesses: [Int32] { jobEnvironments.map(\.pid) }

    /// What the processes of jobs that work below this folder were given, an entry `NAME=value` each.
    var jobEnvironments: [(pid: Int32, entries: Set<String>)] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.compactMap { Int32($0) }.compactMap { pid in
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return nil }
            let text = String(decoding: environment, as: UTF8.self)
            guard text.contains("ESS_REQUEST_ID="), text.contains(root) else { return nil }
            return (pid, Set(text.split(separator: "\0").map(String.init)))
        }
    }

    static let standardDocuments = """
        kind: JobDefinition
        package: /test
        name: NoOp
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: NoOp}]
        ---
        kind: JobDefinition
        package: /test
        name: Remote
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: Remote}]
        ---
        kind: JobDefinition
        package: /test
        name: Echo
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters: [{name: SYS_cmdLine, value: '/bin/echo "said: ${ESS_REQ:submit.argument1}"'},
          {name: submit.argument1}]
        ---
        kind: JobDefinition
        package: /test
        name: Sleep
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters: [{name: SYS_cmdLine, value: '/bin/sleep 600'}]
        ---
        kind: JobDefinition
        package: /test
        name: Journal
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters:
          - {name: SYS_cmdLine, value: '/bin/sh -c ''echo "$ESS_REQUEST_ID $ESS_EXECUTION_ATTEMPT" >> "$1"'' journal ${ESS_REQ:submit.argument1}'}
          - {name: SYS_retries, paramType: INTEGER, value: "2"}
          - {name: submit.argument1}
        """
}
