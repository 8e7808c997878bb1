import SchedulerCore

/// Repeatable random numbers (SplitMix64): a failure is replayed by its seed.
struct QuerySeed: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    mutating func chance(_ one: Int, in all: Int) -> Bool { Int.random(in: 0..<all, using: &self) < one }
}

/// Stands in for the catalogue's normalisation: knows the four forms of REST §2.7 and nothing of their limits.
func canonicalTestID(_ id: String, _ kind: MetadataKind) -> String? {
    var kind = kind
    var path = Substring(id)
    if let colon = id.firstIndex(of: ":") {
        guard let named = MetadataKind(rawValue: String(id[..<colon])) else { return nil }
        kind = named
        path = id[id.index(after: colon)...]
    }
    let segments = path.split(separator: "/")
    guard segments.count > 1 else { return nil }
    return "\(kind.rawValue)://" + segments.joined(separator: "/")
}

/// Reads a filter over requests as the tests do it throughout.
func readFilter(
    _ text: String,
    fields: Set<RequestField> = Set(RequestField.allCases)
) throws(SchedulerError) -> RequestFilter {
    try FilterParser<RequestField>.parse(text, fields: fields, normalise: canonicalTestID)
}

/// The refusal of a filter, nil if it is read.
func refusalOfFilter(_ text: String) -> SchedulerError? {
    do throws(SchedulerError) {
        _ = try readFilter(text)
        return nil
    } catch {
        return error
    }
}

/// Code points of a text: what equality of texts means here.
func codePointsOf(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
