/// The `traceparent` that goes with what a request makes happen elsewhere (W3C Trace Context, level 1; administration
/// §10): `00-<trace>-<span>-01`.
package enum TraceParent {
    private static let traceDigits = 32

    /// For an invocation; nil if the request has no well-formed trace id.
    ///
    /// The span follows from request, attempt and pauses: a repeated call of one invocation is one span.
    package static func text(for request: JobRequest) -> String? {
        text(request.facts.trace, span: "\(request.id)-\(request.attempt)-\(request.pausedCount)")
    }

    /// For a delivery, whose tries are one span; nil as above.
    package static func text(for delivery: DueDelivery) -> String? {
        text(delivery.trace, span: delivery.entry.key.idempotencyKey)
    }

    private static func text(_ trace: String?, span name: String) -> String? {
        guard let trace = trace?.lowercased(), trace.utf8.count == traceDigits,
            trace.utf8.allSatisfy(isHexadecimal), trace.utf8.contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        return "00-\(trace)-\(span(named: name))-01"
    }

    private static func span(named name: String) -> String {
        // FNV-1a, 64 bits: any spread will do, nothing secret depends on it.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        let digits = String(max(hash, 1), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
