/// Finds members that stand twice in one object.
enum DuplicateMembers {
    static func problems(in documents: [DocumentNode]) -> [NodeReading.Problem] {
        var problems: [NodeReading.Problem] = []
        for document in documents { search(document, "", &problems) }
        return problems
    }

    private static func search(_ node: DocumentNode, _ path: String, _ problems: inout [NodeReading.Problem]) {
        switch node.content {
        case .mapping(let members):
            var lines: [String: Int] = [:]
            for member in members {
                let memberPath = "\(path)/\(JSONPointer.escaped(member.key))"
                if let first = lines[member.key] {
                    let message = "member \(member.key) stands already in line \(first)"
                    problems.append(NodeReading.Problem(path: memberPath, line: member.line, message: message))
                } else {
                    lines[member.key] = member.line
                }
                search(member.value, memberPath, &problems)
            }
        case .sequence(let items):
            for (index, item) in items.enumerated() { search(item, "\(path)/\(index)", &problems) }
        case .null, .boolean, .number, .string, .broken: break
        }
    }
}
