import Executors
import SchedulerCore
import Testing

private struct NamedExecutor: JobExecutor {
    let name: String

    func execute(_ invocation: Invocation) async -> InvocationResult { .waiting(externalID: name) }
    func callCancel(_ invocation: Invocation) async -> CancelCallAnswer { .failed(name) }
}

@Suite("The registry of executors")
struct ExecutorRegistryTests {
    private let registry = ExecutorRegistry(
        process: nil,
        http: NamedExecutor(name: "http"),
        swift: NamedExecutor(name: "swift")
    )

    @Test(
        "hands each kind to its executor",
        arguments: [
            (ExecutorKind.http, "http"), (.soapSynchronous, "http"), (.soapAsynchronous, "http"), (.soapOneway, "http"),
            (.swift, "swift"),
        ]
    )
    func dispatch(_ kind: ExecutorKind, _ name: String) async {
        let invocation = Fixture.invocation(kind, [])
        #expect(await registry.execute(invocation) == .waiting(externalID: name))
        #expect(await registry.callCancel(invocation) == .failed(name))
    }

    @Test("fails kinds it has no executor for", arguments: [ExecutorKind.sql, .process])
    func unavailable(_ kind: ExecutorKind) async {
        let invocation = Fixture.invocation(kind, [])
        let text = "Jobs of the kind “\(kind.rawValue)” are not available on this server."
        #expect(await registry.execute(invocation) == .ended(.systemError(text)))
        #expect(await registry.callCancel(invocation) == .answered)
    }
}

@Suite("What is known of an executable before it runs")
struct ExecutableTraitsTests {
    private func traits(_ kind: ExecutorKind, _ values: [String: String]) -> ExecutableTraits {
        ExecutableTraits(kind: kind) { values[$0] }
    }

    @Test("follows from kind and parameters")
    func rows() {
        let cancel = ["SYS_EXT_httpCancelUrl": "http://c"]
        for (kind, values, isAsynchronous, hasCancelCall) in [
            (ExecutorKind.process, cancel, false, false), (.sql, [:], false, false), (.http, [:], false, false),
            (.http, ["SYS_EXT_httpMode": "async"], true, false), (.http, ["SYS_EXT_httpMode": "oneway"], false, false),
            (.http, cancel, false, true), (.soapSynchronous, [:], false, false), (.soapOneway, cancel, false, true),
            (.soapAsynchronous, ["SYS_EXT_cancelMessage": "<c/>"], true, true),
            (.soapAsynchronous, ["SYS_EXT_cancelMessage": ""], true, false),
            (.http, ["SYS_EXT_cancelMessage": "<c/>"], false, false),
        ] as [(ExecutorKind, [String: String], Bool?, Bool)] {
            let traits = traits(kind, values)
            #expect(
                traits.isAsynchronous == isAsynchronous && traits.hasCancelCall == hasCancelCall,
                "\(kind) \(values)"
            )
        }
        #expect(traits(.swift, cancel).isAsynchronous == nil)
    }

    @Test(
        "gives the target of a web service with one slash and without query",
        arguments: [
            ("http://h/", "/s?wsdl", "http://h/s"), ("http://h", "s?wsdl#x", "http://h/s"),
            ("http://h//", "s", "http://h/s"),
            ("http://h/s?wsdl", "", "http://h/s"), ("", "http://h/s?wsdl", "http://h/s"),
        ]
    )
    func webServiceURL(_ base: String, _ path: String, _ expected: String) {
        let values = ["SYS_EXT_wsWsdlBaseUrl": base, "SYS_EXT_wsWsdlUrl": path]
        #expect(traits(.soapSynchronous, values).outboundURLs == [expected])
        #expect(traits(.soapSynchronous, [:]).outboundURLs.isEmpty)
    }
}
