import SchedulerCore

/// A documented way to ask for requests, with the indexes that must lead to them in each store.
struct AccessPath: Sendable, CustomStringConvertible {
    let description: String
    let query: RequestQuery
    /// What SQLite's plan says of each look-up.
    let sqlite: [String]
    /// Indexes in PostgreSQL's plan.
    let postgres: [String]
    /// Whether all that is found must be sorted first.
    var sorts = false
    /// Whether PostgreSQL may sort what lies in a short window.
    var sortsWindow = false

    /// Whether a request is found by its own number beside those below it.
    var isTree: Bool { sqlite.first?.hasPrefix("INTEGER PRIMARY KEY (rowid=?") == true }

    /// Whether all requests are asked for.
    var isWhole: Bool { query.filter == nil && sqlite.isEmpty }

    /// As the rights make the condition: for an operator, and for a user to whom nothing was granted.
    private static let everything = ReadScope(userName: "u7", enterpriseID: 1, isUnlimited: true, rules: []).filter
    private static let own = ReadScope(userName: "u7", enterpriseID: 1, isUnlimited: false, rules: []).filter

    private static let ownIndexes = ["request_by_submitter (submitter=?", "request_by_run_as (run_as_user=?"]
    private static let ownNames = ["request_by_submitter", "request_by_run_as"]

    static let all: [AccessPath] = ofOperators + ofUsers

    private static let state = RequestFilter.comparison(.state, .equal, .text("SUCCEEDED"))
    private static let moment = RequestFilter.comparison(.state, .equal, .text("RUNNING"))
    private static let submitter = RequestFilter.comparison(.submitter, .equal, .text("u9"))
    private static let definition = RequestFilter.comparison(.jobDefinitionID, .equal, .text("u9"))
    private static let application = RequestFilter.comparison(.application, .equal, .text("u9"))
    private static let parent = RequestFilter.comparison(.parentRequestID, .equal, .integer(500_000))
    private static let root = RequestFilter.comparison(.absParentRequestID, .equal, .integer(500_000))
    private static let instance = RequestFilter.comparison(.instanceParentID, .equal, .integer(500_000))
    private static let window = RequestFilter.and([
        .comparison(.submissionTime, .greaterOrEqual, .dateTime(Timestamp(milliseconds: 501_000))),
        .comparison(.submissionTime, .less, .dateTime(Timestamp(milliseconds: 501_500))),
    ])
    private static let since = RequestFilter.comparison(
        .submissionTime,
        .greater,
        .dateTime(Timestamp(milliseconds: 900_000))
    )

    private static let ofOperators = [
        path("all", nil, everything, [], ["request_fact_pkey"]),
        path("state", state, everything, ["request_by_state (state=?"], ["request_by_state"]),
        path("state of a moment", moment, everything, ["request_by_state (state=?"], ["request_by_state"]),
        path("submitter", submitter, everything, ["request_by_submitter (submitter=?"], ["request_by_submitter"]),
        path("definition", definition, everything, ["request_by_definition (definition=?"], ["request_by_definition"]),
        path(
            "application",
            application,
            everything,
            ["request_by_application (application=?"],
            ["request_by_application"]
        ),
        path("parent", parent, everything, ["request_by_parent (parent_id=?"], ["request_by_parent"]),
        path("tree", root, everything, tree("abs_parent"), ["request_fact_pkey", "request_by_abs_parent"]),
        path(
            "run",
            instance,
            everything,
            tree("instance_parent"),
            ["request_fact_pkey", "request_by_instance_parent"]
        ),
        path(
            "submission window",
            window,
            everything,
            ["INTEGER PRIMARY KEY (rowid>? AND rowid<?)"],
            ["request_by_submission_time"],
            sortsWindow: true
        ),
        path("submission since", since, everything, ["INTEGER PRIMARY KEY (rowid>?)"], ["request_fact_pkey"]),
    ]

    private static let ofUsers = [
        path("own", nil, own, ownIndexes, ownNames),
        path("own by priority", nil, own, ownIndexes, ownNames, order: .init(.priority, .descending)),
        path("own, newest first", nil, own, ownIndexes, ownNames, order: .init(.requestID, .descending)),
        path("own by state", state, own, ownIndexes, ownNames),
        path("own by state of a moment", moment, own, ["request_by_state (state=?"], ["request_by_state"]),
        path("own by submitter", submitter, own, ["request_by_submitter (submitter=?"], ["request_by_submitter"]),
        path("own by definition", definition, own, ownIndexes, ownNames),
        path("own by application", application, own, ownIndexes, ownNames),
        path("own by parent", parent, own, ["request_by_parent (parent_id=?"], ["request_by_parent"]),
        path("own of a tree", root, own, tree("abs_parent"), ["request_fact_pkey", "request_by_abs_parent"]),
        path(
            "own of a run",
            instance,
            own,
            tree("instance_parent"),
            ["request_fact_pkey", "request_by_instance_parent"]
        ),
        path(
            "own of a submission window",
            window,
            own,
            ownIndexes.map { "\($0) AND rowid>? AND rowid<?)" },
            // Whichever holds less: both do not hold much.
            [],
            sortsWindow: true
        ),
    ]

    private static func tree(_ name: String) -> [String] {
        ["INTEGER PRIMARY KEY (rowid=?)", "request_by_\(name) (\(name)_id=?"]
    }

    private static func path(
        _ name: String,
        _ filter: RequestFilter?,
        _ visibility: RequestFilter?,
        _ sqlite: [String],
        _ postgres: [String],
        order: RequestSortOrder = .standard,
        sortsWindow: Bool = false
    ) -> AccessPath {
        var query = RequestQuery(filter: filter, limit: 50)
        query.visibility = visibility
        query.order = order
        return AccessPath(
            description: name,
            query: query,
            sqlite: sqlite,
            postgres: postgres,
            sorts: order.field != .requestID,
            sortsWindow: sortsWindow
        )
    }
}
