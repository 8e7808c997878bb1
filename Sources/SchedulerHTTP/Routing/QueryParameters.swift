import SchedulerAPI
import SchedulerCore

/// The query string of a call, decoded; of equal names the first counts, unknown ones are for nobody (REST §2.5).
struct QueryParameters: Sendable {
    private var values: [String: String] = [:]

    /// - Throws: ESS-05028 for a name or value that holds NUL or is no UTF-8.
    init(_ query: String?) throws(SchedulerError) {
        guard let query, !query.isEmpty else { return }
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = PercentCoding.decoded(pair[..<equals], plusIsBlank: true) else {
                throw SchedulerError(5028, "Query")
            }
            let text = equals == pair.endIndex ? pair[equals...] : pair[pair.index(after: equals)...]
            guard let value = PercentCoding.decoded(text, plusIsBlank: true) else {
                throw SchedulerError(5028, "Query parameter \(name)")
            }
            if values[name] == nil { values[name] = value }
        }
    }

    /// Names and values, in order of the names: the same for all spellings of one query.
    var canonical: [String] {
        values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { [$0.key, $0.value] }
    }

    subscript(name: String) -> String? { values[name] }

    /// - Throws: ESS-05009, ESS-05005.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws(SchedulerError) -> Int64? {
        guard let text = values[name] else { return nil }
        return try Self.integer(text, name: name, in: range)
    }

    /// - Throws: ESS-05009, ESS-05005.
    static func integer(_ text: String, name: String, in range: ClosedRange<Int64>) throws(SchedulerError) -> Int64 {
        let number = try integer(text, name: name)
        guard range.contains(number) else {
            let upper = range.upperBound == .max ? "" : String(range.upperBound)
            throw SchedulerError(5005, name, "\(range.lowerBound)..\(upper)")
        }
        return number
    }

    /// - Throws: ESS-05004 for anything but `true` and `false`.
    func flag(_ name: String) throws(SchedulerError) -> Bool {
        switch values[name] {
        case nil, "false": return false
        case "true": return true
        case let text?: throw SchedulerError(5004, String(text.prefix(HTTPLimits.quotedCharacters)), name)
        }
    }

    /// A text; nil where it is absent or empty.
    ///
    /// - Throws: ESS-05005 where it is longer than `max` bytes.
    func text(_ name: String, max: Int) throws(SchedulerError) -> String? {
        guard let text = values[name], !text.isEmpty else { return nil }
        guard text.utf8.count <= max else { throw SchedulerError(5005, name, "1..\(max) bytes") }
        return text
    }

    /// An instant; one without offset is in UTC. Nil if the parameter is absent.
    ///
    /// - Throws: ESS-00004.
    func instant(_ name: String) throws(SchedulerError) -> Timestamp? {
        guard let text = values[name] else { return nil }
        guard let input = DateTimeInput(text) else {
            throw SchedulerError(4, "\(name) \"\(text.prefix(HTTPLimits.quotedCharacters))\"")
        }
        return input.instant
    }

    /// A comma list of integers; nil if the parameter is absent.
    ///
    /// - Throws: ESS-05009, ESS-05008.
    func integers(_ name: String, max: Int) throws(SchedulerError) -> [Int64]? {
        guard let text = values[name] else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= max else { throw SchedulerError(5008, name, String(max)) }
        var numbers: [Int64] = []
        for part in parts { numbers.append(try Self.integer(part, name: name)) }
        return numbers
    }

    private static func integer(_ text: some StringProtocol, name: String) throws(SchedulerError) -> Int64 {
        var digits = text[...]
        while digits.first == " " { digits.removeFirst() }
        while digits.last == " " { digits.removeLast() }
        guard digits.utf8.first != UInt8(ascii: "+"), let number = Int64(digits) else {
            throw SchedulerError(5009, "\(name) \"\(text.prefix(HTTPLimits.quotedCharacters))\"")
        }
        return number
    }
}
