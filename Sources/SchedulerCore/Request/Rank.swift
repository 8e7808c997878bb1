/// Order in which due requests start, the best first (runtime §4). Total: no two requests have the same.
///
/// Stores order by it; which requests may start at all is told by `JobRequest.dispatchTime`.
package struct Rank: Hashable, Comparable, Sendable {
    /// 0 lowest … 9 highest.
    package let priority: Int
    package let scheduledTime: Timestamp
    package let requestID: RequestID

    /// Takes every member as it was kept: for stores alone.
    package init(priority: Int, scheduledTime: Timestamp, requestID: RequestID) {
        self.priority = priority
        self.scheduledTime = scheduledTime
        self.requestID = requestID
    }

    package init(_ request: JobRequest) {
        priority = request.priority
        scheduledTime = request.scheduledTime
        requestID = request.id
    }

    /// Before every rank that a request can have.
    package static let best = Rank(
        priority: .max,
        scheduledTime: Timestamp(milliseconds: .min),
        requestID: RequestID(.min)
    )

    /// Whether `left` starts before `right`.
    package static func < (left: Rank, right: Rank) -> Bool {
        if left.priority != right.priority { return left.priority > right.priority }
        if left.scheduledTime != right.scheduledTime { return left.scheduledTime < right.scheduledTime }
        return left.requestID < right.requestID
    }
}
