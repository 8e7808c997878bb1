import Foundation
import PostgresTesting
import Testing

struct ProcessLaunchTests {
    @Test("The end of a process is noticed while those live that were started at its side", .timeLimit(.minutes(1)))
    func endBesideOthers() async throws {
        for _ in 0..<200 {
            let (ended, end) = AsyncStream<Void>.makeStream()
            try await withThrowingTaskGroup(of: Sleeper.self) { group in
                for _ in 0..<8 { group.addTask { try await Sleeper.onOwnThread { end.finish() } } }
                let sleepers = try await group.reduce(into: []) { $0.append($1) }
                defer { for sleeper in sleepers { sleeper.kill() } }
                sleepers.first?.kill()
                for await _ in ended {}
                try Task.checkCancellation()
            }
        }
    }
}

private struct Sleeper: Sendable {
    private let pid: Int32

    /// The tasks of a test have too few threads for launches to meet.
    static func onOwnThread(_ onEnd: @escaping @Sendable () -> Void) async throws -> Sleeper {
        try await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Result { try Sleeper(onEnd: onEnd) }) }
        }.get()
    }

    private init(onEnd: @escaping @Sendable () -> Void) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["60"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = Pipe()
        process.terminationHandler = { _ in onEnd() }
        try process.runAlone()
        pid = process.processIdentifier
    }

    func kill() { _ = Foundation.kill(pid, SIGKILL) }
}
