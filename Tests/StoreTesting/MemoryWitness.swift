import SchedulerCore
import SchedulerTesting

struct MemoryWitness: StoreWitness {
    let store: MemoryStore

    func content() -> StoreContent { StoreContent(model: store.snapshot) }

    func auditTargets() -> [AuditTarget] {
        store.snapshot.audit.map { AuditTarget(kind: $0.targetKind, id: $0.targetID) }
    }

    func callKeys() -> [CallKey] { Array(store.snapshot.calls.keys) }

    func loseIsolation(_ isLost: Bool) { store.loseIsolation(isLost) }
}
