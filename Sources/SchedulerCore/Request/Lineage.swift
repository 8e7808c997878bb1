/// Number and place of a request in its tree, fixed at creation (runtime §1.2).
///
/// `root` and `child` are the only ones that decide a place; stores give back what they kept.
package struct Lineage: Hashable, Sendable {
    package let requestID: RequestID
    package let type: RequestType
    /// Direct parent; nil for a root.
    package let parentID: RequestID?
    /// Attempt of the parent that made this request; nil for a root.
    package let parentAttempt: Int?
    /// Dotted path of the step in its outermost job set; nil for everything but steps.
    package let stepID: String?
    /// Root of the whole tree; a root's own number.
    package let absParentID: RequestID
    /// Nearest ancestor or self that is an instance parent; `noInstanceParent` on a recurring parent.
    package let instanceParentID: RequestID

    /// Stands for the instance parent that a recurring parent has not.
    package static let noInstanceParent = RequestID(0)

    /// The place of a request that was submitted by itself.
    ///
    /// - Parameters:
    ///   - type: one of those that are a root.
    ///   - id: the request's own number.
    /// - Returns: its place, with itself as the root.
    package static func root(_ type: RequestType, id: RequestID) -> Lineage {
        precondition(type.isRoot, "\(type.rawValue) needs a parent")
        return Lineage(
            requestID: id,
            type: type,
            parentID: nil,
            parentAttempt: nil,
            stepID: nil,
            absParentID: id,
            instanceParentID: type.isInstanceParent ? id : noInstanceParent
        )
    }

    /// The place of an instance, a step or a sub-request.
    ///
    /// - Parameters:
    ///   - type: one that the parent may have.
    ///   - parent: as stored now: its present attempt makes the child.
    ///   - id: the child's own number.
    ///   - step: name of the step in the set that is its parent; nil for all others.
    /// - Returns: its place below the parent.
    /// - Throws: `SchedulerError` ESS-00001 where the parent cannot have such a child.
    package static func child(
        _ type: RequestType,
        of parent: JobRequest,
        id: RequestID,
        step: String? = nil
    ) throws(SchedulerError) -> Lineage {
        let above = parent.lineage
        guard above.type.childTypes.contains(type), (step != nil) == (type == .jobSetStep) else {
            throw SchedulerError(1, "\(type.rawValue) \(step ?? "without a step") below \(above.type.rawValue)")
        }
        return Lineage(
            requestID: id,
            type: type,
            parentID: above.requestID,
            parentAttempt: parent.attempt,
            stepID: step.map { name in above.stepID.map { "\($0).\(name)" } ?? name },
            absParentID: above.absParentID,
            instanceParentID: type.isInstanceParent ? id : above.instanceParentID
        )
    }

    /// Takes every member as it was kept: for stores alone.
    package init(
        requestID: RequestID,
        type: RequestType,
        parentID: RequestID?,
        parentAttempt: Int?,
        stepID: String?,
        absParentID: RequestID,
        instanceParentID: RequestID
    ) {
        self.requestID = requestID
        self.type = type
        self.parentID = parentID
        self.parentAttempt = parentAttempt
        self.stepID = stepID
        self.absParentID = absParentID
        self.instanceParentID = instanceParentID
    }
}
