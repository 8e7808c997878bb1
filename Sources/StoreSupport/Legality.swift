package import SchedulerCore

/// The second lock on the door: whatever asks for it, no state is stored that the table does not lead to.
package enum Legality {
    /// - Parameters:
    ///   - before: as it was read.
    ///   - after: as it shall be stored.
    ///   - steps: the cells that lead from one to the other.
    /// - Throws: `StoreFault` where they do not.
    package static func check(
        _ before: JobRequest,
        _ after: JobRequest,
        _ steps: [TransitionStep]
    ) throws(StoreFault) {
        var state = before.state
        for step in steps {
            let isLegal =
                step.refusal == nil
                ? RequestTransition.permits(step.event, from: step.from, to: step.to) : step.from == step.to
            guard step.from == state, isLegal else {
                throw StoreFault("\(step.event) from \(step.from) to \(step.to) is not a legal change of a request")
            }
            state = step.to
        }
        guard before.id == after.id, state == after.state else {
            throw StoreFault("a change to \(after.state) comes without the steps that lead there")
        }
    }
}
