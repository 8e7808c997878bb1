import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// Jobs that have others run in between, on a real server (runtime §6).
@Suite(.serialized)
struct SubRequestServerTests {
    /// More than one, so that a job is resumed as a resumed one, too.
    private static let rounds = 3
    private static let children = 2

    @Test(
        "I48 to I50: a process submits by curl, pauses by its exit code and goes on after each of its rounds",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")),
        .timeLimit(.minutes(2))
    )
    func process() async throws {
        let folder = try TestFolder(Self.documents)
        try Self.script.write(toFile: folder.path("parent.sh"), atomically: true, encoding: .utf8)
        let server = try await ServerProcess.start(folder)
        let id = try await server.submit("Parent", argument: folder.path("."))
        let ended = try await server.waitFor(id) { $0.state?.isTerminal == true }
        #expect(ended.state == .succeeded, "\(ended.errorWarningMessage ?? "")")
        #expect(ended.executionAttempt == 1 && ended.pausedCount == Self.rounds)
        // Each of them wrote its line when it ran.
        let lines = folder.text("journal").split(separator: "\n").map(String.init)
        let expected = (0..<Self.rounds).flatMap { round in
            ["parent \(round)"] + Array(repeating: "child \(round)", count: Self.children)
        }
        #expect(lines == expected + ["parent \(Self.rounds)"])
        try await expectChildren(of: id, server)
        #expect(await server.stop() == 0)
    }

    @Test("I48 to I50: a Swift job submits, pauses and goes on after each of its rounds", .timeLimit(.minutes(2)))
    func swift() async throws {
        let folder = try TestFolder(Self.documents)
        let server = try await ServerProcess.start(folder)
        let id = try await server.submit("FanOut", argument: "test/Child")
        let ended = try await server.waitFor(id) { $0.state?.isTerminal == true }
        #expect(ended.state == .succeeded, "\(ended.errorWarningMessage ?? "")")
        #expect(ended.executionAttempt == 1 && ended.pausedCount == Self.rounds)
        let ids = try await expectChildren(of: id, server)
        let log = try await server.log(of: id)
        var position = log.startIndex
        for (index, round) in (1...Self.rounds).enumerated() {
            let own = ids.dropFirst(index * Self.children).prefix(Self.children)
            for text in own.map({ "round \(round): submitted \($0)" }) + own.map({ "\($0) ended SUCCEEDED" }) {
                let found = try #require(log.range(of: text, range: position..<log.endIndex), "\(text) in \(log)")
                position = found.upperBound
            }
        }
        #expect(await server.stop() == 0)
    }

    /// Each round had its sub-requests, all went well, and none began before the round before had ended.
    @discardableResult
    private func expectChildren(of id: Int64, _ server: ServerProcess) async throws -> [Int64] {
        let query = RequestQuery(
            filter: "parentRequestId eq \(id)",
            fields: ["requestId", "requestType", "state", "subRequestSet", "processStartTime", "processEndTime"]
        )
        let items = try await server.send(.requests(query)).items
        #expect(items.count == Self.rounds * Self.children)
        #expect(items.allSatisfy { $0.state == .succeeded && $0.requestType == .subRequest })
        let sets = (1...Self.rounds).flatMap { Array(repeating: $0, count: Self.children) }
        #expect(items.map(\.subRequestSet) == sets)
        let starts = items.compactMap(\.processStartTime)
        let ends = items.compactMap(\.processEndTime)
        try #require(starts.count == items.count && ends.count == items.count)
        for last in stride(from: Self.children, to: items.count, by: Self.children) {
            #expect(try #require(ends[..<last].max()) <= #require(starts[last...].min()))
        }
        return items.compactMap(\.requestId?.value)
    }

    /// Its paused state is the number of rounds that it has begun.
    private static let script = #"""
        round=${ESS_PAUSED_STATE:-0}
        echo "parent $round" >> "$1/journal"
        [ "$round" -lt \#(rounds) ] || exit 0
        for place in $(/usr/bin/seq \#(children)); do
          /usr/bin/curl -sS --fail-with-body -H Content-Type:application/json "$ESS_BASE_URL/requests" -d "{
            \"jobDefinitionId\":\"test/ChildProcess\",\"requestParameters\":[
            {\"name\":\"submit.argument1\",\"value\":\"$1\"},{\"name\":\"submit.argument2\",\"value\":\"$round\"}],
            \"requestExecutionContext\":{\"requestId\":$ESS_REQUEST_ID,\"requestHandle\":\"$ESS_REQUEST_HANDLE\"}}" \
            || exit 1
        done
        printf %s $((round + 1)) > "$ESS_PAUSED_STATE_FILE"
        exit 75
        """#

    private static let documents = """
        kind: JobDefinition
        package: /test
        name: Parent
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters:
          - {name: SYS_cmdLine, value: '/bin/sh ${ESS_REQ:submit.argument1}/parent.sh ${ESS_REQ:submit.argument1}'}
          - {name: SYS_EXT_pauseExitCode, value: "75"}
          - {name: submit.argument1}
        ---
        kind: JobDefinition
        package: /test
        name: ChildProcess
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters:
          - {name: SYS_cmdLine, value: '/bin/sh -c ''echo "child $2" >> "$1/journal"'' child ${ESS_REQ:submit.argument1} ${ESS_REQ:submit.argument2}'}
          - {name: submit.argument1}
          - {name: submit.argument2}
        ---
        kind: JobDefinition
        package: /test
        name: Child
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: NoOp}]
        ---
        kind: JobDefinition
        package: /test
        name: FanOut
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: FanOut}, {name: submit.argument1},
          {name: submit.argument2, value: "\(children)"}, {name: submit.argument3, value: "\(rounds)"}]
        """
}
