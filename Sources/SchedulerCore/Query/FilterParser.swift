/// Brings the id of a metadata object to its canonical form (REST §2.7), a bare one read as of the given kind; nil if
/// it is none.
package typealias MetadataIDNormaliser = (_ id: String, _ kind: MetadataKind) -> String?

/// Reads the query grammar of REST §7 by recursive descent, one token ahead, in time linear in the length.
///
/// The leftmost error counts; positions are code points from 1. A word that is not right in its place is an unknown
/// attribute, operator or value; anything else out of place is a syntax error.
package struct FilterParser<Field: FilterField> {
    private let fields: Set<Field>
    private let normalise: MetadataIDNormaliser
    private var lexer: FilterLexer
    private var token = FilterToken(kind: .end, range: 0..<0)
    private var depth = 0
    private var tokensRead = 0

    /// Prepares to read `text`, in which `fields` may be named. Fails with ESS-05018 if it is too long.
    init(_ text: String, fields: Set<Field>, normalise: @escaping MetadataIDNormaliser) throws(SchedulerError) {
        self.fields = fields
        self.normalise = normalise
        lexer = try FilterLexer(text)
    }

    /// The filter that `text` spells, which may name `fields` only.
    ///
    /// Fails with ESS-05010 (syntax), 05011 (attribute), 05012 (operator), 05013 (value) or 05018 (too long or deep).
    package static func parse(
        _ text: String,
        fields: Set<Field> = Set(Field.allCases),
        normalise: @escaping MetadataIDNormaliser
    ) throws(SchedulerError) -> Filter<Field> {
        var parser = try FilterParser(text, fields: fields, normalise: normalise)
        return try parser.parse()
    }

    /// Code points and tokens read so far, for tests of linear time.
    var steps: Int { lexer.steps + tokensRead }

    mutating func parse() throws(SchedulerError) -> Filter<Field> {
        try advance()
        let filter = try disjunction()
        guard token.kind == .end else { throw syntaxError }
        return filter
    }

    // MARK: - Grammar

    private mutating func disjunction() throws(SchedulerError) -> Filter<Field> {
        let first = try conjunction()
        guard keyword == .or else { return first }
        var parts = [first]
        while keyword == .or {
            try advance()
            parts.append(try conjunction())
        }
        return .or(parts)
    }

    private mutating func conjunction() throws(SchedulerError) -> Filter<Field> {
        let first = try factor()
        guard keyword == .and else { return first }
        var parts = [first]
        while keyword == .and {
            try advance()
            parts.append(try factor())
        }
        return .and(parts)
    }

    private mutating func factor() throws(SchedulerError) -> Filter<Field> {
        switch token.kind {
        case .open:
            return try group()
        case .word(let word):
            guard let keyword, keyword == .and || keyword == .or || keyword == .not else {
                return try comparison(of: word)
            }
            guard keyword == .not else { throw syntaxError }
            try advance()
            guard token.kind == .open else { throw syntaxError }
            return .not(try group())
        default:
            throw syntaxError
        }
    }

    private mutating func group() throws(SchedulerError) -> Filter<Field> {
        guard depth < FilterLimits.nestingMax else { throw SchedulerError(5018) }
        depth += 1
        try advance()
        let filter = try disjunction()
        guard token.kind == .close else { throw syntaxError }
        try advance()
        depth -= 1
        return filter
    }

    private mutating func comparison(of name: String) throws(SchedulerError) -> Filter<Field> {
        guard let field = Field(rawValue: name), fields.contains(field) else {
            throw SchedulerError(5011, lexer.source(of: token), String(token.position))
        }
        try advance()
        guard case .word(let word) = token.kind else { throw syntaxError }
        switch keyword {
        case .present:
            guard Field.hasPresence else { throw unknownOperator(of: field) }
            try advance()
            return .present(field)
        case .and, .or, .not:
            throw syntaxError
        default:
            guard let comparison = FilterOperator(rawValue: word.lowercased()), field.operators.contains(comparison)
            else { throw unknownOperator(of: field) }
            try advance()
            return try operand(of: field, comparison)
        }
    }

    /// The value of a comparison whose field and operator have been read.
    private mutating func operand(
        of field: Field,
        _ comparison: FilterOperator
    ) throws(SchedulerError) -> Filter<Field> {
        guard let literal = try literal() else { throw misfit(of: field) }
        let filter: Filter<Field>
        if case .null = literal {
            guard comparison.isEquality, Field.hasPresence else { throw misfit(of: field) }
            filter = comparison == .equal ? .not(.present(field)) : .present(field)
        } else {
            filter = .comparison(field, comparison, try value(of: literal, for: field, comparison))
        }
        try advance()
        return filter
    }

    private func value(
        of literal: FilterLiteral,
        for field: Field,
        _ comparison: FilterOperator
    ) throws(SchedulerError) -> FilterValue {
        guard let value = literal.value(as: field.type) else { throw misfit(of: field) }
        guard comparison.isEquality, case .metadataID(let kind) = field.type, case .text(let id) = value else {
            return value
        }
        guard let canonical = normalise(id, kind) else { throw misfit(of: field) }
        return .text(canonical)
    }

    /// The literal that the token spells, nil for a word that is none.
    private func literal() throws(SchedulerError) -> FilterLiteral? {
        switch token.kind {
        case .text(let text): return .text(text)
        case .number(let spelling): return .number(spelling)
        case .word:
            switch keyword {
            case .true: return .boolean(true)
            case .false: return .boolean(false)
            case .null: return .null
            case .and, .or, .not: throw syntaxError
            case .present, nil: return nil
            }
        case .open, .close, .end: throw syntaxError
        }
    }

    // MARK: - Tokens

    private mutating func advance() throws(SchedulerError) {
        token = try lexer.next()
        tokensRead += 1
    }

    private var keyword: FilterKeyword? {
        guard case .word(let word) = token.kind else { return nil }
        return FilterKeyword(word)
    }

    private var syntaxError: SchedulerError { SchedulerError(5010, String(token.position)) }

    /// The token is no operator for the field.
    private func unknownOperator(of field: Field) -> SchedulerError {
        SchedulerError(5012, lexer.source(of: token), field.rawValue, String(token.position))
    }

    /// The token is no value for the field.
    private func misfit(of field: Field) -> SchedulerError {
        SchedulerError(5013, lexer.source(of: token), field.rawValue, String(token.position))
    }
}
