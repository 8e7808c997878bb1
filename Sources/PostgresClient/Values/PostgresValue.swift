/// A type that has a binary form in PostgreSQL.
protocol PostgresValue {
    static var type: PostgresType { get }
    static var arrayType: PostgresType { get }
    func write(to parameters: inout PostgresParameters)
}

extension Int64: PostgresValue {
    static var type: PostgresType { .int8 }
    static var arrayType: PostgresType { .int8Array }
    func write(to parameters: inout PostgresParameters) { parameters.write(self) }
}

extension Int32: PostgresValue {
    static var type: PostgresType { .int4 }
    static var arrayType: PostgresType { .int4Array }
    func write(to parameters: inout PostgresParameters) { parameters.write(self) }
}

extension Bool: PostgresValue {
    static var type: PostgresType { .bool }
    static var arrayType: PostgresType { .boolArray }
    func write(to parameters: inout PostgresParameters) { parameters.write(self ? 1 as UInt8 : 0) }
}

extension Double: PostgresValue {
    static var type: PostgresType { .float8 }
    static var arrayType: PostgresType { .float8Array }
    func write(to parameters: inout PostgresParameters) { parameters.write(bitPattern) }
}

extension String: PostgresValue {
    static var type: PostgresType { .text }
    static var arrayType: PostgresType { .textArray }
    func write(to parameters: inout PostgresParameters) { parameters.write(self) }
}

extension [UInt8]: PostgresValue {
    static var type: PostgresType { .bytea }
    static var arrayType: PostgresType { .byteaArray }
    func write(to parameters: inout PostgresParameters) { parameters.write(self) }
}

/// A `timestamptz`: on the wire microseconds since 2000.
struct PostgresInstant: Hashable, Sendable {
    /// Since 1970 in UTC.
    let milliseconds: Int64

    private static let microsecondsFrom1970To2000: Int64 = 946_684_800_000_000

    init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The extremes stand for the infinities.
    init(microsecondsSince2000 microseconds: Int64) {
        let (sum, overflow) = microseconds.addingReportingOverflow(Self.microsecondsFrom1970To2000)
        let clamped = overflow ? Int64.max : sum
        let (quotient, rest) = clamped.quotientAndRemainder(dividingBy: 1000)
        milliseconds = rest < 0 ? quotient - 1 : quotient
    }

    var microsecondsSince2000: Int64 {
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return milliseconds < 0 ? .min : .max }
        let (difference, underflow) = product.subtractingReportingOverflow(Self.microsecondsFrom1970To2000)
        return underflow ? .min : difference
    }
}

extension PostgresInstant: PostgresValue {
    static var type: PostgresType { .timestamptz }
    static var arrayType: PostgresType { PostgresType(oid: 1185) }
    func write(to parameters: inout PostgresParameters) { parameters.write(microsecondsSince2000) }
}
