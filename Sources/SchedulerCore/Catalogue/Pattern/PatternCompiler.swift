/// Writes a pattern out as instructions, refusing one that grows too large.
struct PatternCompiler {
    private var program: [LinearPattern.Instruction] = []
    /// Nodes written so far: repeats of what consumes nothing add work without adding instructions.
    private var nodesWritten = 0

    mutating func program(
        for node: PatternNode
    ) throws(LinearPattern.Refusal) -> [LinearPattern.Instruction] {
        try write(node)
        try emit(.match)
        return program
    }

    private mutating func write(_ node: PatternNode) throws(LinearPattern.Refusal) {
        nodesWritten += 1
        guard nodesWritten <= 4 * LinearPattern.instructionsMax else { throw Self.tooLarge }
        switch node {
        case .scalar(let set): try emit(.scalar(set))
        case .start: try emit(.assertStart)
        case .end: try emit(.assertEnd)
        case .sequence(let parts):
            for part in parts { try write(part) }
        case .choice(let parts): try write(choice: parts)
        case .repeated(let part, let lowest, let highest): try write(part, lowest: lowest, highest: highest)
        }
    }

    private mutating func write(choice parts: [PatternNode]) throws(LinearPattern.Refusal) {
        var jumps: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index < parts.count - 1 else {
                try write(part)
                break
            }
            let split = program.count
            try emit(.split(split + 1, split + 1))
            try write(part)
            jumps.append(program.count)
            try emit(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private mutating func write(
        _ part: PatternNode,
        lowest: Int,
        highest: Int?
    ) throws(LinearPattern.Refusal) {
        for _ in 0..<lowest { try write(part) }
        guard let highest else {
            let split = program.count
            try emit(.split(split + 1, split + 1))
            try write(part)
            try emit(.jump(split))
            program[split] = .split(split + 1, program.count)
            return
        }
        var splits: [Int] = []
        for _ in 0..<(highest - lowest) {
            splits.append(program.count)
            try emit(.split(program.count + 1, program.count + 1))
            try write(part)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }

    private mutating func emit(_ instruction: LinearPattern.Instruction) throws(LinearPattern.Refusal) {
        guard program.count < LinearPattern.instructionsMax else { throw Self.tooLarge }
        program.append(instruction)
    }

    private static let tooLarge = LinearPattern.Refusal(
        reason: "more than \(LinearPattern.instructionsMax) steps once repeats are written out",
        position: 1
    )
}
