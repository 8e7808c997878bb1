/// Number of a request: positive, given by the store, never reused (REST §1, integer int64).
package struct RequestID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    package static func < (left: RequestID, right: RequestID) -> Bool { left.value < right.value }

    package var description: String { String(value) }
}

/// Number of one invocation of an executable, from one global sequence that only grows (runtime §8).
///
/// Every write of an attempt names it; a write by an older one changes nothing.
package struct AttemptEpoch: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    package static func < (left: AttemptEpoch, right: AttemptEpoch) -> Bool { left.value < right.value }

    package var description: String { String(value) }
}

/// Identity of one start of one server process: 128 random bits in hexadecimal, never a host name (runtime §8).
package struct NodeID: Hashable, Sendable, CustomStringConvertible {
    package let value: String

    package init(_ value: String) { self.value = value }

    package var description: String { value }
}
