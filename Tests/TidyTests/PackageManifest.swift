/// The targets of `Package.swift` with the modules each may import, read from its text.
///
/// Understands the forms used there: a target's dependency is a string, a constant
/// `let name: Target.Dependency = .product(name: "…", …)`, or such a product in place.
struct PackageManifest: Sendable {
    struct Target: Sendable {
        let name: String
        /// Relative to the root.
        let folder: String
        let dependencies: [String]
        let line: Int
    }

    let targets: [Target]

    init(_ file: SourceFile) {
        let tokens = file.tokens
        var constants: [String: String] = [:]
        var targets: [Target] = []
        var index = 0
        while index < tokens.count {
            if tokens[index].text == "let", index + 1 < tokens.count,
                let product = Self.product(of: tokens, declaredAt: index)
            {
                constants[tokens[index + 1].text] = product
            } else if let kind = Self.targetKind(of: tokens, at: index) {
                let end = Self.closingParenthesis(of: tokens, from: index + 2)
                let arguments = Array(tokens[(index + 2)..<end])
                targets.append(Self.target(kind: kind, arguments: arguments, constants: constants))
                index = end
            }
            index += 1
        }
        self.targets = targets
    }

    func target(containing path: String) -> Target? {
        targets.first { path.hasPrefix($0.folder + "/") }
    }

    private static let targetKinds: Set<String> = ["target", "executableTarget", "testTarget", "systemLibrary"]

    /// The kind of the target whose call `.kind(name:` starts at the dot before `index`.
    private static func targetKind(of tokens: [Token], at index: Int) -> String? {
        guard index > 0, index + 2 < tokens.count, tokens[index - 1].text == ".",
            targetKinds.contains(tokens[index].text), tokens[index + 1].text == "(", tokens[index + 2].text == "name"
        else { return nil }
        return tokens[index].text
    }

    /// The product's name in `let constant: Target.Dependency = .product(name: "…"`.
    private static func product(of tokens: [Token], declaredAt index: Int) -> String? {
        let shape = [":", "Target", ".", "Dependency", "=", ".", "product", "(", "name", ":"]
        let start = index + 2
        guard start + shape.count < tokens.count,
            zip(shape, tokens[start...]).allSatisfy({ $0 == $1.text })
        else { return nil }
        return tokens[start + shape.count].text
    }

    private static func closingParenthesis(of tokens: [Token], from start: Int) -> Int {
        var depth = 1
        for index in start..<tokens.count where tokens[index].kind == .symbol {
            if tokens[index].text == "(" { depth += 1 }
            if tokens[index].text == ")" { depth -= 1 }
            if depth == 0 { return index }
        }
        return tokens.count
    }

    private static func target(kind: String, arguments: [Token], constants: [String: String]) -> Target {
        let name = value(of: "name", in: arguments) ?? "?"
        let root = kind == "testTarget" ? "Tests" : "Sources"
        var dependencies: [String] = []
        if let start = arguments.firstIndex(where: { $0.text == "dependencies" }) {
            var index = start + 3
            while index < arguments.count, arguments[index].text != "]" {
                let token = arguments[index]
                if token.text == "product" || token.text == "target" || token.text == "byName" {
                    dependencies.append(arguments[index + 4].text)
                    index = closingParenthesis(of: arguments, from: index + 2)
                } else if token.kind == .string {
                    dependencies.append(token.text)
                } else if token.kind == .word {
                    dependencies.append(constants[token.text] ?? token.text)
                }
                index += 1
            }
        }
        return Target(
            name: name,
            folder: value(of: "path", in: arguments) ?? "\(root)/\(name)",
            dependencies: dependencies,
            line: arguments.first?.line ?? 0
        )
    }

    private static func value(of label: String, in arguments: [Token]) -> String? {
        var depth = 0
        for index in arguments.indices {
            if arguments[index].text == "(" { depth += 1 }
            if arguments[index].text == ")" { depth -= 1 }
            if depth == 0, arguments[index].text == label, index + 2 < arguments.count,
                arguments[index + 1].text == ":", arguments[index + 2].kind == .string
            {
                return arguments[index + 2].text
            }
        }
        return nil
    }
}
