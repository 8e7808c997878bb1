import Foundation

/// A fresh folder for a server's data and documents; it goes with this object.
final class DataFolder {
    let root: String

    init(below directory: String) throws {
        root = URL(fileURLWithPath: directory).appendingPathComponent("escapement-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path("metadata"), withIntermediateDirectories: true)
        try Self.documents.write(toFile: path("metadata/bench.yaml"), atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    private static let documents = """
        kind: JobDefinition
        package: /bench
        name: NoOp
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: NoOp}
          - {name: submit.argument1, value: FR}
          - {name: submit.argument2, paramType: INTEGER, value: "1"}
        ---
        kind: JobDefinition
        package: /bench
        name: Keyed
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: NoOp}
          - {name: submit.argument1, value: FR}
          - {name: submit.argument2, paramType: INTEGER, value: "1"}
        ---
        kind: Incompatibility
        package: /bench
        name: OneArgument
        type: DOMAIN
        entities:
          - {entity: JobDefinition://bench/Keyed, property: submit.argument1, selfIncompatible: true}
        ---
        kind: JobDefinition
        package: /bench
        name: Remote
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: Remote}
          - {name: submit.argument1, value: FR}
          - {name: submit.argument2, paramType: INTEGER, value: "1"}
        ---
        kind: JobDefinition
        package: /bench
        name: "True"
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters:
          - {name: SYS_cmdLine, value: /bin/true}
          - {name: submit.argument1, value: FR}
          - {name: submit.argument2, paramType: INTEGER, value: "1"}

        """
}
