import SchedulerAPI
import SchedulerCore
import Testing

/// The text of answer bytes.
func wireText(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The error that decoding a body ends with; a failed expectation and nil if it succeeds.
func wireRefusal<Body>(
    _ json: String,
    _ decode: ([UInt8]) throws -> Body,
    at place: SourceLocation = #_sourceLocation
) -> SchedulerError? {
    do {
        _ = try decode(Array(json.utf8))
        Issue.record("accepted: \(json)", sourceLocation: place)
        return nil
    } catch {
        let refusal = error as? SchedulerError
        #expect(refusal?.isComplete == true, "arguments of \(error)", sourceLocation: place)
        #expect(refusal?.status == 400, sourceLocation: place)
        return refusal
    }
}
