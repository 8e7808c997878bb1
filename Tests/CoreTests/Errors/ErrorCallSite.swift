/// One `SchedulerError(<number>, …)` in a source text: what the compiler cannot check about it.
struct ErrorCallSite: Equatable {
    let code: Int
    let argumentCount: Int
    /// 1-based.
    let line: Int

    /// The calls with a literal code in Swift source, found by matching brackets outside string literals.
    static func all(in source: String) -> [ErrorCallSite] {
        let bytes = Array(source.utf8)
        let name = Array("SchedulerError(".utf8)
        var sites: [ErrorCallSite] = []
        var line = 1
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            if bytes[index...].starts(with: name) {
                var scanner = Scanner(bytes: bytes, position: index + name.count)
                let arguments = scanner.arguments()
                let first = arguments.first.map { $0.filter { $0 != "_" } } ?? ""
                if let code = Int(first) {
                    sites.append(ErrorCallSite(code: code, argumentCount: arguments.count - 1, line: line))
                }
            }
            index += 1
        }
        return sites
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position: Int

        /// The trimmed arguments up to the bracket that closes the call.
        mutating func arguments() -> [String] {
            var parts: [String] = []
            var start = position
            func part(_ end: Int) -> String {
                let text = String(decoding: bytes[start..<end], as: UTF8.self)
                return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            }
            var depth = 0
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""): skipString()
                case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: ")") where depth == 0:
                    let last = part(position)
                    return last.isEmpty ? parts : parts + [last]
                case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                case UInt8(ascii: ",") where depth == 0:
                    parts.append(part(position))
                    start = position + 1
                default: break
                }
                position += 1
            }
            return parts
        }

        /// From the opening quote to the closing one, with interpolations that may hold strings themselves.
        private mutating func skipString() {
            position += 1
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                if bytes[position] == UInt8(ascii: "\\") {
                    position += 1
                    if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
                        position += 1
                        _ = arguments()
                    }
                }
                position += 1
            }
        }
    }
}
