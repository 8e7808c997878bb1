/// What code may not do, or only in the file made for it.
enum CodeRules {
    /// The shell files: the one place of the sources where each of these may stand, with the reason.
    private static let timeFiles: [String: String] = [
        "SystemTimeSource.swift": "is the clock that everything else is handed",
        "MonotonicClock.swift": "sets the deadlines of threads that sleep in the kernel; nothing of it is stored",
        "Waiting.swift": "lets a command of the client pause between two looks",
    ]
    private static let taskFiles: [String: String] = [
        "Shielded.swift": "finishes a store write although its task was cancelled",
        "AbandonableTask.swift": "lets go of a job that does not return within its grace",
    ]
    /// Tests that may wait for time to pass, with the reason.
    private static let sleepingTests: [String: String] = [
        "Tests/ExecutorTests/Process/ProcessBench.swift":
            "the kernel announces the end of a stranger's process to nobody"
    ]

    /// Sources learn the time as an argument; none reads a clock or sleeps.
    static func time(in tree: SourceTree) -> [Violation] {
        let files = tree.swiftFiles(below: "Sources").filter { timeFiles[$0.name] == nil }
        return files.flatMap { file in
            find(in: file) { tokens, index in
                clockRead(in: file, at: index) ?? waiting(in: tokens, at: index)
            }
        }
    }

    /// Tests wait for events.
    static func sleepingTests(in tree: SourceTree) -> [Violation] {
        let files = tree.swiftFiles(below: "Tests").filter { sleepingTests[$0.path] == nil }
        return files.flatMap { find(in: $0, waiting) }
    }

    /// Work lives in task groups: no task of the sources outlives its scope.
    static func unstructuredTasks(in tree: SourceTree) -> [Violation] {
        let files = tree.swiftFiles(below: "Sources").filter { taskFiles[$0.name] == nil }
        return files.flatMap { file in
            find(in: file) { tokens, index in
                createsTask(in: tokens, at: index) ? "an unstructured task; use a task group, or shielded" : nil
            }
        }
    }

    /// No `try!`, no `as!` in sources. Force unwraps are refused by the formatter.
    static func force(in tree: SourceTree) -> [Violation] {
        tree.swiftFiles(below: "Sources").flatMap { file in
            find(in: file) { tokens, index in
                guard ["try", "as"].contains(tokens[index].text), index + 1 < tokens.count,
                    tokens[index + 1].text == "!", tokens[index + 1].isAttached
                else { return nil }
                return "\(tokens[index].text)! takes the server down; handle the error"
            }
        }
    }

    /// `@unchecked Sendable` says in a comment just above who guards the state; `nonisolated(unsafe)` is not used.
    static func unguardedSharing(in tree: SourceTree) -> [Violation] {
        tree.swiftFiles(below: "Sources").flatMap { file in
            find(in: file) { tokens, index in
                if tokens[index].text == "nonisolated", index + 2 < tokens.count, tokens[index + 2].text == "unsafe" {
                    return "nonisolated(unsafe) is guarded by nobody; use a Mutex"
                }
                guard tokens[index].text == "unchecked" else { return nil }
                let linesBefore = 3
                let line = tokens[index].line
                let around = file.lines[max(0, line - 1 - linesBefore)..<min(file.lines.count, line)]
                return around.contains { $0.contains("//") } ? nil : "say in a comment who guards this state"
            }
        }
    }

    private static func find(in file: SourceFile, _ message: ([Token], Int) -> String?) -> [Violation] {
        file.tokens.indices.compactMap { index in
            guard file.tokens[index].kind != .string else { return nil }
            return message(file.tokens, index)
                .map { Violation(path: file.path, line: file.tokens[index].line, message: $0) }
        }
    }

    private static let modulesWithClocks: Set<String> = ["Foundation", "FoundationEssentials", "NIOCore", "Dispatch"]
    /// Clocks of ours, each defined in one of the shell files above.
    private static let ownClocks: Set<String> = ["MonotonicClock"]
    private static let clocks: Set<String> = [
        "ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday", "CFAbsoluteTimeGetCurrent",
        "timeIntervalSinceNow",
    ]

    /// `Date()`, `Type.now`, a leading `.now` where a module with clocks is imported, or one of the clocks.
    /// `source.now()` with a source that was handed in is what everybody uses.
    private static func clockRead(in file: SourceFile, at index: Int) -> String? {
        let tokens = file.tokens
        let token = tokens[index]
        if clocks.contains(token.text) { return "\(token.text) reads a clock; time is an argument" }
        if token.text == "Date", tokens[index...].prefix(3).map(\.text) == ["Date", "(", ")"] {
            return "Date() reads a clock; time is an argument"
        }
        guard token.text == "now", index > 1, tokens[index - 1].text == "." else { return nil }
        let receiver = tokens[index - 2]
        let isLeading =
            !tokens[index - 1].isAttached
            || receiver.kind == .symbol && ![")", "]", "}", "?", "!", ">"].contains(receiver.text)
        if isLeading {
            let hasClocks = ImportRules.imports(of: file).contains { modulesWithClocks.contains($0.module) }
            return hasClocks ? ".now reads a clock; time is an argument" : nil
        }
        if receiver.kind == .word, receiver.text.first?.isUppercase == true, !ownClocks.contains(receiver.text) {
            return "\(receiver.text).now reads a clock; time is an argument"
        }
        return nil
    }

    private static func waiting(in tokens: [Token], at index: Int) -> String? {
        let token = tokens[index]
        if token.text == "usleep" || token.text == "nanosleep" { return "\(token.text): wait for an event instead" }
        guard token.text == "sleep", index + 1 < tokens.count, tokens[index + 1].text == "(" else { return nil }
        guard index > 0 else { return "sleep: wait for an event instead" }
        let before = tokens[index - 1]
        if before.text == "func" { return nil }
        guard before.text == "." else { return "sleep: wait for an event instead" }
        let receiver = index > 1 ? tokens[index - 2].text : ""
        return ["Task", "Thread", ">"].contains(receiver)
            ? "\(receiver).sleep: wait for an event instead" : nil
    }

    private static func createsTask(in tokens: [Token], at index: Int) -> Bool {
        guard tokens[index].text == "Task", index + 1 < tokens.count else { return false }
        let declarators: Set<String> = ["struct", "class", "enum", "actor", "extension", "protocol", "."]
        if index > 0, declarators.contains(tokens[index - 1].text) { return false }
        // The result type of a function is no creation.
        if index > 1, tokens[index - 1].text == ">", tokens[index - 2].text == "-" { return false }
        var next = index + 1
        if tokens[next].text == "<" {
            var depth = 0
            while next < tokens.count {
                if tokens[next].text == "<" { depth += 1 }
                if tokens[next].text == ">" { depth -= 1 }
                next += 1
                if depth == 0 { break }
            }
        }
        guard next < tokens.count else { return false }
        if tokens[next].text == "{" || tokens[next].text == "(" { return true }
        guard tokens[next].text == ".", next + 1 < tokens.count else { return false }
        return ["detached", "immediate", "immediateDetached", "startSynchronously"].contains(tokens[next + 1].text)
    }
}
