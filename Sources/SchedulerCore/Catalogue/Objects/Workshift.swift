/// When, and with how much, a node works for a work assignment (administration §1.1, §4).
package struct Workshift: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    /// Its instants are the beginnings of the shift; nil = it is always on.
    package var schedule: MetadataObjectID?
    /// Length of the shift from each beginning, in minutes; nil only without schedule.
    package var duration: Int64?
    /// Threads of each node; 0 = the shift is inactive.
    package var allocation: Int64
    /// Most PL/SQL jobs at once in the cluster; nil = NO_LIMIT.
    package var plsqlLimit: Int64?
    /// Most asynchronous web-service, HTTP and Swift jobs at once in the cluster; nil = NO_LIMIT.
    package var asyncJavaLimit: Int64?

    /// How documents spell a limit that is none.
    package static let noLimit = "NO_LIMIT"

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        schedule: MetadataObjectID? = nil,
        duration: Int64? = nil,
        allocation: Int64,
        plsqlLimit: Int64? = nil,
        asyncJavaLimit: Int64? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.schedule = schedule
        self.duration = duration
        self.allocation = allocation
        self.plsqlLimit = plsqlLimit
        self.asyncJavaLimit = asyncJavaLimit
    }
}
