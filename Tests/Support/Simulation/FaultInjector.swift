package import SchedulerCore

/// Decides which calls of a store fail.
package protocol FaultInjector: Sendable {
    /// Lets a write fail: the one after so many others.
    func fail(_ fault: InjectedFault, after writes: Int, kind: StoreFault.Kind)
    /// Lets all lists fail.
    func failLists(_ kind: StoreFault.Kind)
    /// Lets all that is read of requests and nodes fail, lists included.
    func failReads(_ kind: StoreFault.Kind)
    /// Lets every command come too late: it is dropped, and nothing is written.
    func dropCommands()
    /// Lets something else happen once, after the next caller of `perform` has looked and before his commands are
    /// carried out.
    func beforeCommands(_ intrusion: @escaping @Sendable () async throws -> Void)
    /// Lets nothing fail any more.
    func heal()
}
