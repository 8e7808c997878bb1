import SchedulerCore

/// Makes filters of every shape and the items to try them on, from few values so that they often meet.
struct FilterGenerator {
    var seed: QuerySeed

    init(seed: UInt64) { self.seed = QuerySeed(seed) }

    // MARK: - Trees

    mutating func filter(depth: Int) -> GeneratedFilter {
        switch depth > 0 ? Int.random(in: 0..<6, using: &seed) : 0 {
        case 0, 1: comparison()
        case 2: negation(of: filter(depth: depth - 1))
        case 3: grouped(filter(depth: depth - 1))
        case 4: list(.and, depth: depth)
        default: list(.or, depth: depth)
        }
    }

    private mutating func list(_ binding: GeneratedFilter.Binding, depth: Int) -> GeneratedFilter {
        var parts: [GeneratedFilter] = []
        for _ in 0..<Int.random(in: 2...4, using: &seed) {
            let part = filter(depth: depth - 1)
            parts.append(part.binding.rawValue > binding.rawValue ? part : grouped(part))
        }
        let word = binding == .and ? "and" : "or"
        var text = parts[0].text
        for part in parts.dropFirst() { text += blank() + anyCase(word) + blank() + part.text }
        let meanings = parts.map(\.holds)
        return GeneratedFilter(
            text: text,
            tree: binding == .and ? .and(parts.map(\.tree)) : .or(parts.map(\.tree)),
            holds: { item in
                let count = meanings.count { $0(item) }
                return binding == .and ? count == meanings.count : count > 0
            },
            binding: binding
        )
    }

    private mutating func grouped(_ inner: GeneratedFilter) -> GeneratedFilter {
        let text = "(" + maybeBlank() + inner.text + maybeBlank() + ")"
        return GeneratedFilter(text: text, tree: inner.tree, holds: inner.holds, binding: .factor)
    }

    private mutating func negation(of inner: GeneratedFilter) -> GeneratedFilter {
        GeneratedFilter(
            text: anyCase("not") + maybeBlank() + grouped(inner).text,
            tree: .not(inner.tree),
            holds: { !inner.holds($0) },
            binding: .factor
        )
    }

    // MARK: - Comparisons

    private mutating func comparison() -> GeneratedFilter {
        let field = seed.pick(RequestField.allCases)
        switch Int.random(in: 0..<10, using: &seed) {
        case 0:
            return leaf(field, "pr", literal: nil, tree: .present(field)) { $0 != nil }
        case 1:
            return leaf(field, "eq", literal: anyCase("null"), tree: .not(.present(field))) { $0 == nil }
        case 2:
            return leaf(field, "ne", literal: anyCase("null"), tree: .present(field)) { $0 != nil }
        default:
            let comparison = seed.pick(FilterOperator.allCases.filter(field.operators.contains))
            let operand = operand(of: field, comparison)
            let name = comparison.rawValue
            return leaf(
                field,
                name,
                literal: operand.literal,
                tree: .comparison(field, comparison, operand.value)
            ) { actual in
                guard let actual else { return name == "ne" }
                return Self.holds(actual, name, operand.oracle)
            }
        }
    }

    private mutating func leaf(
        _ field: RequestField,
        _ word: String,
        literal: String?,
        tree: RequestFilter,
        holds: @escaping (OracleValue?) -> Bool
    ) -> GeneratedFilter {
        var text = field.rawValue + blank() + anyCase(word)
        if let literal { text += blank() + literal }
        return GeneratedFilter(text: text, tree: tree, holds: { holds($0[field]) }, binding: .factor)
    }

    /// The rules of REST §7 for two values that are there.
    private static func holds(_ actual: OracleValue, _ name: String, _ expected: OracleValue) -> Bool {
        switch (actual, expected) {
        case (.number(let actual), .number(let expected)):
            let sign = actual == expected ? 0 : actual > expected ? 1 : -1
            return holds(sign: sign, name)
        case (.text(let actual), .text(let expected)):
            switch name {
            case "co":
                return actual.indices.contains { Array(actual[$0...].prefix(expected.count)) == expected }
                    || expected.isEmpty
            case "sw": return Array(actual.prefix(expected.count)) == expected
            case "ew": return Array(actual.suffix(expected.count)) == expected
            default:
                let difference = zip(actual, expected).first { $0 != $1 }.map { $0 > $1 ? 1 : -1 }
                return holds(sign: difference ?? (actual.count - expected.count).signum(), name)
            }
        default: return false
        }
    }

    private static func holds(sign: Int, _ name: String) -> Bool {
        switch name {
        case "eq": sign == 0
        case "ne": sign != 0
        case "gt": sign > 0
        case "ge": sign >= 0
        case "lt": sign < 0
        case "le": sign <= 0
        default: false
        }
    }

    // MARK: - Values

    private static let integers: [Int64] = [0, 1, -1, 4, 9, 10, 300_010, 2_147_483_647, -2_147_483_648]
    private static let wideIntegers: [Int64] = [.max, .min, 2_147_483_648]
    private static let instants: [Int64] = [
        0, 1, 999, 1000, 1_728_849_900_000, 1_728_849_900_001, -1, -62_135_596_800_000, 253_402_300_799_999,
    ]
    /// Close to each other in every way a comparison could go wrong: case, composition, planes, quotes, length.
    private static let texts = [
        "", "a", "A", "ab", "aB", "aba", "b", "é", "e\u{301}", "e", "\u{301}", "\u{FFFD}", "😀", "\u{E000}", "'", "\"",
        "\\", "a\"b", "a'b", "a\nb", "\u{1}", "and", "(", "null", "100%", "_", "a%b", " ", "a b", "漢字",
    ]
    private static let ids = [
        "JobDefinition://acme/A", "JobDefinition://acme/a", "JobSet://acme/A", "Schedule://acme/A", "JobType://acme/A",
        "JobType://acme/billing/A",
    ]

    /// The field's value in a random item, nil where it is absent.
    private mutating func value(of field: RequestField) -> (value: FilterValue, oracle: OracleValue)? {
        guard !seed.chance(1, in: 4) else { return nil }
        return presentValue(of: field)
    }

    private mutating func presentValue(of field: RequestField) -> (value: FilterValue, oracle: OracleValue) {
        switch field.type {
        case .int64: integer(seed.pick(Self.integers + Self.wideIntegers))
        case .int: integer(seed.pick(Self.integers))
        case .dateTime: instant(seed.pick(Self.instants))
        case .boolean: boolean(seed.chance(1, in: 2))
        case .string: text(seed.pick(Self.texts))
        case .metadataID: text(seed.pick(Self.ids))
        case .enumeration(let names): text(seed.pick(Array(names.prefix(4))))
        }
    }

    private func integer(_ number: Int64) -> (value: FilterValue, oracle: OracleValue) {
        (.integer(number), .number(number))
    }

    private func instant(_ number: Int64) -> (value: FilterValue, oracle: OracleValue) {
        (.dateTime(Timestamp(milliseconds: number)), .number(number))
    }

    private func boolean(_ value: Bool) -> (value: FilterValue, oracle: OracleValue) {
        (.boolean(value), .number(value ? 1 : 0))
    }

    private func text(_ text: String) -> (value: FilterValue, oracle: OracleValue) {
        (.text(text), .text(codePointsOf(text)))
    }

    /// A value to compare with, in one of its spellings.
    private mutating func operand(
        of field: RequestField,
        _ comparison: FilterOperator
    ) -> (literal: String, value: FilterValue, oracle: OracleValue) {
        var (value, oracle) = presentValue(of: field)
        let literal: String
        switch (field.type, value) {
        case (_, .integer(let number)):
            literal = seed.chance(1, in: 3) ? quoted(String(number)) : String(number)
        case (_, .boolean(let flag)):
            let word = anyCase(String(flag))
            literal = seed.chance(1, in: 3) ? quoted(word) : word
        case (_, .dateTime(let instant)):
            literal = quoted(instant.description)
        case (.enumeration, .text(let name)):
            literal = quoted(anyCase(name))
        case (.metadataID(let kind), .text(let id)) where comparison.isEquality:
            let spelling = seed.pick([id, id.split(separator: "//").joined(separator: "/")])
            let isBare = id.hasPrefix(kind.rawValue + ":") && seed.chance(1, in: 2)
            literal = quoted(
                isBare ? String(id.drop { $0 != "/" }.dropFirst(Int.random(in: 1...2, using: &seed))) : spelling
            )
        case (.metadataID, .text):
            (value, oracle) = text(seed.pick(Self.ids + ["acme", "A", "Job"]))
            guard case .text(let part) = value else { return ("", value, oracle) }
            literal = quoted(part)
        case (_, .text(let text)):
            literal = quoted(text)
        }
        return (literal, value, oracle)
    }

    /// A random item: what the oracle and the evaluator see of it.
    mutating func item() -> (oracle: OracleItem, values: [RequestField: FilterValue]) {
        var oracle: OracleItem = [:]
        var values: [RequestField: FilterValue] = [:]
        for field in RequestField.allCases {
            guard let present = value(of: field) else { continue }
            oracle[field] = present.oracle
            values[field] = present.value
        }
        return (oracle, values)
    }

    // MARK: - Spelling

    private mutating func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = seed.chance(1, in: 2) ? "'" : "\""
        var spelling = String.UnicodeScalarView([quote])
        for scalar in text.unicodeScalars {
            if scalar == quote || scalar == "\\" || scalar.value < 0x20 || seed.chance(1, in: 8) {
                spelling.append(contentsOf: escaped(scalar).unicodeScalars)
            } else {
                spelling.append(scalar)
            }
        }
        spelling.append(quote)
        return String(spelling)
    }

    private mutating func escaped(_ scalar: Unicode.Scalar) -> String {
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "'": "\\'", "\\": "\\\\", "/": "\\/", "\n": "\\n", "\r": "\\r", "\t": "\\t",
        ]
        if let short = short[scalar], seed.chance(1, in: 2) { return short }
        return Unicode.UTF16.encode(scalar).map { unit in
            unit.map { unit in
                let digits = String(unit, radix: 16, uppercase: seed.chance(1, in: 2))
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        } ?? ""
    }

    private mutating func anyCase(_ word: String) -> String {
        switch Int.random(in: 0..<4, using: &seed) {
        case 0: word.uppercased()
        case 1: String(word.map { seed.chance(1, in: 2) ? Character($0.uppercased()) : Character($0.lowercased()) })
        default: word
        }
    }

    private mutating func blank() -> String { seed.pick([" ", " ", " ", " ", "  ", "\t", " \n"]) }

    private mutating func maybeBlank() -> String { seed.pick(["", "", "", " ", "  "]) }
}
