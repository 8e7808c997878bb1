import Synchronization

/// Gives the plans of nodes and keeps the newest while it holds: a pass asks each time, and a shift begins seldom.
package final class WorkPlanner: Sendable {
    private struct Question: Hashable {
        let node: String
        let threads: Int
        let isNewcomer: Bool
    }

    package let model: WorkModel
    /// The newest plan, for whom it was made, and from when on it holds.
    private let newest = Mutex<(question: Question, plan: WorkPlan, from: Timestamp)?>(nil)
    private let newestAdmission = Mutex<(admission: WorkAdmission, from: Timestamp)?>(nil)

    package init(_ model: WorkModel) { self.model = model }

    /// What a node works on now.
    ///
    /// - Parameters:
    ///   - node: its name.
    ///   - threads: how many it has.
    ///   - isNewcomer: whether it joined while all others were bound, see `WorkModel.leavesAside`.
    ///   - now: store time.
    /// - Returns: its plan; nil where nothing is bound to any node, and it does everything.
    package func plan(node: String, threads: Int, isNewcomer: Bool, now: Timestamp) -> WorkPlan? {
        guard !model.isTrivial else { return nil }
        let question = Question(node: node, threads: threads, isNewcomer: isNewcomer)
        let known = newest.withLock { $0 }
        if let known, known.question == question, known.from <= now, known.plan.nextChange.map({ now < $0 }) ?? true {
            return known.plan
        }
        let plan = model.plan(node: node, threads: threads, isNewcomer: isNewcomer, now: now)
        newest.withLock { $0 = (question, plan, now) }
        return plan
    }

    /// What some node or other works on now; nil where nothing is bound to any node, and each does everything.
    package func admission(at now: Timestamp) -> WorkAdmission? {
        guard !model.isTrivial else { return nil }
        let known = newestAdmission.withLock { $0 }
        if let known, known.from <= now, known.admission.nextChange.map({ now < $0 }) ?? true { return known.admission }
        let admission = model.admission(at: now)
        newestAdmission.withLock { $0 = (admission, now) }
        return admission
    }
}
