import Executors
import SchedulerCore
import Synchronization
import Testing

/// Names with the addresses that the test wants, one set per look-up; the last one stays.
private final class FakeNames: HostResolver {
    private let answers: Mutex<[String: [[IPAddress]]]>

    init(_ answers: [String: [[String]]]) {
        self.answers = Mutex(answers.mapValues { $0.map { $0.compactMap { IPAddress($0) } } })
    }

    func addresses(of host: String) async throws -> [IPAddress] {
        let addresses = answers.withLock { answers -> [IPAddress]? in
            guard let sets = answers[host] else { return nil }
            if sets.count > 1 { answers[host] = Array(sets.dropFirst()) }
            return sets.first
        }
        guard let addresses else { throw HostUnknown(host: host, why: "unknown") }
        return addresses
    }
}

/// A resolver that never answers, until its caller gives up.
private struct SilentNames: HostResolver {
    let asked = EventQueue<String>()

    func addresses(of host: String) async throws -> [IPAddress] {
        asked.add(host)
        // A stream without end: only cancellation leaves it.
        let (endless, continuation) = AsyncStream<Never>.makeStream()
        for await _ in endless {}
        continuation.finish()
        throw CancellationError()
    }
}

@Suite("Calls to names", .timeLimit(.minutes(1)))
struct OutboundCallerTests {
    private func invocation(_ url: String) -> Invocation { Fixture.invocation(.http, [("SYS_EXT_httpUrl", url)]) }

    private func text(_ result: InvocationResult) -> String? {
        guard case .ended(.systemError(.processSystemError, let text, _, nil)) = result else { return nil }
        return text
    }

    @Test("go to the checked address under the name that was asked for")
    func pinned() async throws {
        let names = FakeNames(["ledger.example": [["127.0.0.1"]]])
        try await withRemoteJobs(resolver: names) { executor, server, _ in
            async let result = executor.execute(invocation("http://Ledger.Example:\(server.port)/jobs"))
            let exchange = await server.next()
            #expect(exchange.header("Host") == "ledger.example:\(server.port)")
            try await exchange.reply(200)
            #expect(await result == .ended(.success))
        }
    }

    @Test("A39: are resolved anew each time, so that a name that turns inward is denied")
    func rebinding() async throws {
        let names = FakeNames(["rebind.example": [["127.0.0.1"], ["10.0.0.1", "169.254.169.254"], ["127.0.0.1"]]])
        try await withRemoteJobs(resolver: names) { executor, server, _ in
            let url = "http://rebind.example:\(server.port)/"
            async let first = executor.execute(invocation(url))
            try await server.next().reply(200)
            #expect(await first == .ended(.success))
            let denied = text(await executor.execute(invocation(url)))
            #expect(
                denied == "Outbound URL \(url.dropLast()) is not allowed: its address is not allowed."
            )
            #expect(server.pending == 0)
            async let third = executor.execute(invocation(url))
            try await server.next().reply(200)
            #expect(await third == .ended(.success))
        }
    }

    @Test("A39: and literal or local targets are denied by default, nothing is sent")
    func deniedByDefault() async throws {
        let names = FakeNames(["inward.example": [["127.0.0.1"]], "localhost": [["127.0.0.1"]]])
        try await withRemoteJobs(settings: OutboundSettings(), resolver: names) { executor, server, _ in
            for host in ["127.0.0.1", "inward.example", "localhost", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"] {
                let message = text(await executor.execute(invocation("http://\(host):\(server.port)/")))
                #expect(message?.hasSuffix("is not allowed: its address is not allowed.") == true, "\(host)")
            }
            #expect(server.pending == 0)
        }
    }

    @Test("skip addresses that are not allowed or not reachable")
    func nextAddress() async throws {
        let names = FakeNames(["many.example": [["10.0.0.1", "127.0.0.2", "127.0.0.1"]]])
        try await withRemoteJobs(resolver: names) { executor, server, _ in
            async let result = executor.execute(invocation("http://many.example:\(server.port)/"))
            try await server.next().reply(200)
            #expect(await result == .ended(.success))
        }
    }

    @Test("fail clearly when the name is unknown or denied")
    func unknown() async throws {
        let names = FakeNames(["denied.example": [["127.0.0.1"]]])
        let settings = Fixture.settings(deny: ["denied.example"])
        try await withRemoteJobs(settings: settings, resolver: names) { executor, server, _ in
            #expect(
                text(await executor.execute(invocation("http://nowhere.example/")))
                    == "The host nowhere.example could not be resolved: unknown."
            )
            let url = "http://denied.example:\(server.port)"
            #expect(
                text(await executor.execute(invocation(url)))
                    == "Outbound URL \(url) is not allowed: its address is not allowed."
            )
        }
    }

    @Test("are given up while the name is still being resolved")
    func stopWhileResolving() async throws {
        let names = SilentNames()
        try await withRemoteJobs(resolver: names) { executor, _, _ in
            let control = InvocationControl { _ in true }
            let slow = Fixture.invocation(.http, [("SYS_EXT_httpUrl", "http://slow.example/")], control: control)
            async let result = executor.execute(slow)
            #expect(await names.asked.next() == "slow.example")
            control.stop(StopDemand(reason: .cancel, grace: .seconds(1)))
            #expect(await result == .endedByServer)
        }
    }

    @Test("to many names keep only so many clients")
    func manyNames() async throws {
        let hosts = (0..<100).map { "h\($0).example" }
        let names = FakeNames(Dictionary(uniqueKeysWithValues: hosts.map { ($0, [["127.0.0.1"]]) }))
        try await withRemoteJobs(resolver: names) { executor, server, _ in
            for host in hosts {
                async let result = executor.execute(invocation("http://\(host):\(server.port)/"))
                try await server.next().reply(200)
                #expect(await result == .ended(.success))
            }
        }
    }

    @Test("find the addresses of this machine")
    func systemResolver() async throws {
        let addresses = try await SystemHostResolver().addresses(of: "localhost")
        #expect(!addresses.isEmpty && addresses.allSatisfy { ReservedAddresses.contains($0) })
        await #expect(throws: HostUnknown.self) { try await SystemHostResolver().addresses(of: "nowhere.invalid") }
    }
}
