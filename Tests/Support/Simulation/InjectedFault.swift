/// When a write fails.
package enum InjectedFault: CaseIterable, Hashable, Sendable {
    case beforeCommit
    case afterCommit
}
