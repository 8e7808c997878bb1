import SchedulerCore
import Testing

struct NodeStatusTests {
    private static func status(
        isAlive: Bool? = true,
        isQuiesced: Bool = false,
        isClusterQuiesced: Bool = false,
        running: Int = 0
    ) -> NodeStatus {
        let record = NodeRecord(
            id: NodeID("1"),
            name: "a",
            process: ProcessIdentity(pid: 1, startTicks: 1, bootID: "b")
        )
        let instant = Timestamp(milliseconds: 0)
        return NodeStatus(
            name: "a",
            start: isAlive.map {
                NodeStatus.Start(record: record, joinedTime: instant, leaseEnd: instant, isAlive: $0)
            },
            isQuiesced: isQuiesced,
            isClusterQuiesced: isClusterQuiesced,
            running: running,
            leads: []
        )
    }

    @Test("A node lives with its lease, is lost without, and stopped where only its name is left")
    func state() {
        #expect(Self.status(isAlive: true).state == .running)
        #expect(Self.status(isAlive: false).state == .lost)
        #expect(Self.status(isAlive: nil).state == .stopped)
    }

    @Test("A23 QUIESCING while attempts run, then QUIESCED, by itself or with the cluster")
    func quiesceState() {
        #expect(Self.status(running: 1).quiesceState == .running)
        #expect(Self.status(isQuiesced: true, running: 1).quiesceState == .quiescing)
        #expect(Self.status(isClusterQuiesced: true, running: 1).quiesceState == .quiescing)
        #expect(Self.status(isQuiesced: true).quiesceState == .quiesced)
        #expect(Self.status(isClusterQuiesced: true).quiesceState == .quiesced)
    }
}
