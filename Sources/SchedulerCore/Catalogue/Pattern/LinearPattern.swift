/// A regular expression that is matched in time linear in the value: no look-around, no back-references.
///
/// Understood: literals, `.`, classes `[a-z]` and `[^…]`, `\d \w \s` and their opposites, `\t \n \r \f \v`, escaped
/// punctuation, groups, `|`, `* + ? {m} {m,} {m,n}` (a `?` after them changes nothing), `^` and `$`. It matches whole
/// values, as a form's `pattern` does, by Unicode scalars (administration §1.3, §5.10).
package struct LinearPattern: Sendable {
    /// Why a pattern is refused; `position` counts Unicode scalars from 1.
    package struct Refusal: Error, Hashable, Sendable {
        package let reason: String
        package let position: Int
    }

    /// Longest pattern, in bytes.
    package static let bytesMax = 1024
    /// Most instructions after counted repeats are written out: with the longest value this bounds the work of a match.
    package static let instructionsMax = 1000

    enum Instruction: Hashable, Sendable {
        case scalar(PatternClass)
        case split(Int, Int)
        case jump(Int)
        case assertStart
        case assertEnd
        case match
    }

    private let program: [Instruction]

    package init(_ text: String) throws(Refusal) {
        guard text.utf8.count <= Self.bytesMax else {
            throw Refusal(reason: "longer than \(Self.bytesMax) bytes", position: 1)
        }
        var parser = PatternParser(text)
        var compiler = PatternCompiler()
        program = try compiler.program(for: parser.parse())
    }

    /// Whether the whole value matches.
    package func matches(_ value: String) -> Bool {
        var current = StateSet(capacity: program.count)
        var next = StateSet(capacity: program.count)
        var scalars = value.unicodeScalars.makeIterator()
        var scalar = scalars.next()
        add(0, to: &current, isStart: true, isEnd: scalar == nil)
        while let consumed = scalar {
            scalar = scalars.next()
            next.removeAll()
            for state in current.members {
                if case .scalar(let set) = program[state], set.contains(consumed) {
                    add(state + 1, to: &next, isStart: false, isEnd: scalar == nil)
                }
            }
            swap(&current, &next)
            if current.members.isEmpty { return false }
        }
        return current.members.contains { program[$0] == .match }
    }

    /// Adds the state and all that are reached from it without consuming anything.
    private func add(_ start: Int, to set: inout StateSet, isStart: Bool, isEnd: Bool) {
        var open = [start]
        while let state = open.popLast() {
            guard set.insert(state) else { continue }
            switch program[state] {
            case .scalar, .match: break
            case .jump(let target): open.append(target)
            case .split(let first, let second): open += [second, first]
            case .assertStart: if isStart { open.append(state + 1) }
            case .assertEnd: if isEnd { open.append(state + 1) }
            }
        }
    }
}

/// Some states of a program, each once.
private struct StateSet {
    private(set) var members: [Int] = []
    private var isMember: [Bool]

    init(capacity: Int) { isMember = Array(repeating: false, count: capacity) }

    mutating func insert(_ state: Int) -> Bool {
        guard !isMember[state] else { return false }
        isMember[state] = true
        members.append(state)
        return true
    }

    mutating func removeAll() {
        for state in members { isMember[state] = false }
        members.removeAll(keepingCapacity: true)
    }
}
