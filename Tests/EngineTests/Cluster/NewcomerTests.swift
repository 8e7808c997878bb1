import SchedulerCore
import SchedulerEngine
import Synchronization
import Testing

@Suite("Nodes that join while something is bound to all others (administration §4, 4)")
struct NewcomerTests {
    private static func node(_ name: String, isAlive: Bool = true, offer: NodeOffer? = nil) -> NodeStatus {
        let process = ProcessIdentity(pid: 1, startTicks: 1, bootID: "b")
        let record = NodeRecord(id: NodeID("id of \(name)"), name: name, process: process)
        let zero = Timestamp(milliseconds: 0)
        return NodeStatus(
            name: name,
            start: NodeStatus.Start(
                record: record,
                joinedTime: zero,
                leaseEnd: zero,
                isAlive: isAlive,
                offer: offer
            ),
            isQuiesced: false,
            isClusterQuiesced: false,
            running: 0,
            leads: []
        )
    }

    private static func model(_ bound: [String]) -> WorkModel {
        let id = MetadataObjectID(kind: .workAssignment, package: "/acme", name: "A")
        let bindings = bound.map { WorkBinding(node: $0, scope: .standard) }
        let assignment = MetadataObject(
            .workAssignment(WorkAssignment(id: id, workshifts: [], bindings: bindings)),
            origin: .api
        )
        return WorkModel(Catalogue([assignment]), settings: RecurrenceSettings())
    }

    @Test(
        "A node that nobody knew waits where all living others are bound, and it is not",
        arguments: [
            ([], [], false), (["a"], ["a"], true), (["a", "b"], ["a"], false), (["a", "b"], ["a", "b"], true),
            (["a"], ["a", "new"], false), (["a"], ["*"], false),
        ] as [([String], [String], Bool)]
    )
    func unknown(others: [String], bound: [String], waits: Bool) {
        let newcomer = Newcomer(name: "new") { Self.model(bound) }
        newcomer.join(others.map { Self.node($0) } + [Self.node("dead", isAlive: false)])
        #expect(newcomer.isWaiting == waits)
    }

    @Test("After a restart it is what it was, whatever is bound meanwhile")
    func restart() {
        let others = [Self.node("a")]
        for waited in [true, false] {
            let offer = NodeOffer(threads: 1, isNewcomer: waited)
            let newcomer = Newcomer(name: "new") { Self.model(["a"]) }
            newcomer.join(others + [Self.node("new", isAlive: false, offer: offer)])
            #expect(newcomer.isWaiting == waited)
        }
    }

    @Test("A start that ended before it told anything leaves the node as new as it was")
    func silentStart() {
        let newcomer = Newcomer(name: "new") { Self.model(["a"]) }
        newcomer.join([Self.node("a"), Self.node("new", isAlive: false)])
        #expect(newcomer.isWaiting)
    }

    @Test("The first binding ends the wait for good")
    func binding() {
        let bound = Mutex(["a"])
        let newcomer = Newcomer(name: "new") { Self.model(bound.withLock { $0 }) }
        newcomer.join([Self.node("a")])
        #expect(newcomer.isWaiting)
        bound.withLock { $0 = ["a", "new"] }
        #expect(!newcomer.isWaiting)
        bound.withLock { $0 = ["a"] }
        #expect(!newcomer.isWaiting)
    }
}
