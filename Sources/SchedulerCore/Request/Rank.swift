/// Order in which due requests start, the best first (runtime §4). Total: no two requests have the same.
///
/// Stores order by it; which requests may start at all is told by `JobRequest.dispatchTime`.
package struct Rank: Hashable, Comparable, Sendable {
    /// 0 lowest … 9 highest.
    package let priority: Int
    package let scheduledTime: Timestamp
    package let requestID: RequestID

    package init(_ request: JobRequest) {
        priority = request.priority
        scheduledTime = request.scheduledTime
        requestID = request.id
    }

    /// Whether `left` starts before `right`.
    package static func < (left: Rank, right: Rank) -> Bool {
        if left.priority != right.priority { return left.priority > right.priority }
        if left.scheduledTime != right.scheduledTime { return left.scheduledTime < right.scheduledTime }
        return left.requestID < right.requestID
    }
}
