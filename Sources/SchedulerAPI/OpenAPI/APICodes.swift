import SchedulerCore

/// Refusals that many operations share.
enum APICodes {
    /// What any call may meet: size, signing in, what it accepts, its key, its texts, and the server's own troubles.
    static let common: Set<ErrorCode> = [
        1, 500, 2001, 5005, 5022, 5025, 5028, 5030, 5031, 6001, 6002,
    ]

    /// Where a page of another site must not call.
    static let changing: Set<ErrorCode> = [31_004]

    /// Where a body is read: form, size, type, members.
    static let body: Set<ErrorCode> = [4, 5001, 5002, 5003, 5004, 5008, 5023, 5024, 5029]

    /// Where the path names a request: its number, whether it exists, whether the caller may.
    static let request: Set<ErrorCode> = [1001, 2003, 2004, 5009]

    /// Where a key makes the call one of its own.
    static let key: Set<ErrorCode> = [1053, 1054]

    /// Where a request is changed: somebody else may be faster.
    static let change: Set<ErrorCode> = request.union(key).union([1051])

    /// Filter and order of a list.
    static let list: Set<ErrorCode> = [4, 5009, 5010, 5011, 5012, 5013, 5014, 5015, 5018, 6003]

    /// What is wrong with parameters.
    static let parameters: Set<ErrorCode> = [2, 3008, 5006, 5026]

    /// What is wrong with a schedule, inline or stored.
    static let schedule: Set<ErrorCode> = [3002, 3003, 3004, 4001, 4002, 4003, 4004, 4005, 4006, 4007]

    /// What is wrong with a callback.
    static let callback: Set<ErrorCode> = [2007, 5019]
}
