/// The error table of the REST specification §8, word for word, without the origin tags.
enum SpecifiedErrors {
    struct Line: Hashable, Sendable {
        let code: Int
        let status: Int
        let template: String
    }

    /// `S` at the begin of a message stands for this.
    static let stateText = "Request {0} is in state {1}"

    static let api: [Line] = parse(
        """
        00001 500 Internal error. {0}
        00002 400 Property {0} cannot be set to {1}: read-only or reserved
        00004 400 Incorrect timestamp format: {0}
        00500 500 The scheduling sub-system failed: {0}
        01001 404 Request ID {0} not found
        01010 400 S; cancel needs a non-terminal state
        01011 400 S; hold needs WAIT or READY
        01012 400 S; release needs HOLD
        01013 400 S; forceCancel needs CANCELLING
        01014 400 Request {0} is CANCELLING but does not wait for an asynchronous response
        01015 400 Request {0} is CANCELLING; forceCancel is allowed from {1} on
        01016 400 S; delete needs a terminal state
        01017 400 Request {0} is a child ({1}) and cannot be deleted
        01018 400 S and cannot be updated
        01019 400 Request {0} is no recurring parent
        01020 400 S; too late for a callback
        01021 404 Callback of request {0} not found
        01022 400 S and does not wait for status {2}
        01023 400 Parent {0} is in state {1}, not RUNNING
        01024 400 A sub-request cannot have a {0}
        01050 409 A request for {0} is already pending and duplicates are not allowed
        01051 409 Request {0} was changed by another operation
        01052 409 The handle's attempt of request {0} is over
        01053 409 Idempotency-Key was used for another call
        01054 409 Idempotency-Key is in use by a running call
        02001 401 Authentication is required
        02002 403 User {0} does not have sufficient privilege to submit {1}
        02003 403 User {0} may not read request {1} of another user
        02004 403 User {0} lacks {1} on request {2}
        02005 403 The handle is missing or not one of request {0}
        02006 403 User {0} may not read the server state
        02007 400 Outbound URL {0} is not allowed
        03001 404 Job definition or job set {0} not found
        03002 400 Error while parsing the metadata object ID string {0}
        03003 400 Invalid metadata object type {0}
        03004 404 Schedule {0} not found
        03005 404 Application {0} not found
        03006 404 Cluster {0} not found
        03007 404 Server {0} not found
        03008 400 Step {0} does not exist in {1}
        04001 400 Only one of schedule and scheduleId may be given
        04002 400 Invalid icalString at position {0}
        04003 400 icalString part {0} is not supported
        04004 400 Unknown time zone {0}
        04005 400 End {0} is not after start {1}
        04006 400 The schedule has no occurrence left
        04007 400 The schedule is empty
        05001 400 Malformed JSON at position {0}
        05002 400 {0} must be of type {1}
        05003 400 {0} is required
        05004 400 {0} is not a value of {1}
        05005 400 {0} is out of range {1}
        05006 400 Value of parameter {0} is no {1}
        05007 400 Nothing to update
        05008 400 {0}: more than {1} entries
        05009 400 {0} is not an integer
        05010 400 Filter syntax error at position {0}
        05011 400 Unknown filter attribute {0} at position {1}
        05012 400 Operator {0} does not fit {1} at position {2}
        05013 400 Value {0} does not fit {1} at position {2}
        05014 400 orderBy: unknown field {0}
        05015 400 orderBy: unknown direction {0}
        05016 400 id and q exclude each other
        05017 400 Invalid requestExecutionContext
        05018 400 Filter too long or too deep
        05019 400 Callback scheme {0} needs {1}
        05020 404 Resource {0} not found
        05021 405 {0} is not allowed here
        05022 406 None of {0} can be produced
        05023 413 Body larger than {0} bytes
        05024 415 Content type {0} is not supported
        05025 429 Too many requests
        06001 503 The store is unavailable
        06002 500 The store failed: {0}
        06003 503 The query took longer than {0}
        05028 400 {0} holds NUL or invalid UTF-8
        05029 408 The request was not received in time
        05030 414 The URL is longer than {0}
        05031 431 The header fields are larger than {0}
        05032 400 The message is not valid HTTP
        11003 400 jobPackageName and jobDefinitionName must be given together
        """
    )

    /// Codes of the runtime alone (runtime §2.1); ESS-01030 has no status there.
    static let runtime: [Line] = parse(
        """
        01025 400 S and cannot be reprioritised
        01026 400 S and cannot be recovered
        01027 400 S and cannot be completed by hand
        01028 400 S and cannot be refreshed
        01029 400 S and cannot be rescheduled that way
        01030 500 Lock cycle: {0}
        05026 400 Unknown token {0}
        """
    )

    /// Code and status of the administration's errors (administration §3); their texts are ours.
    static let administration: [Int: Int] = [
        30001: 404, 30002: 400, 30003: 400, 30004: 409, 30005: 412, 30006: 428, 30007: 409, 30008: 403,
        30009: 409, 30010: 409, 31002: 403, 31003: 409, 31004: 403, 32002: 409, 32003: 416,
    ]

    private static func parse(_ table: String) -> [Line] {
        table.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let code = Int(parts[0]), let status = Int(parts[1]) else { return nil }
            let text = String(parts[2])
            let startsWithState = text.hasPrefix("S;") || text.hasPrefix("S ")
            return Line(code: code, status: status, template: startsWithState ? stateText + text.dropFirst() : text)
        }
    }
}
