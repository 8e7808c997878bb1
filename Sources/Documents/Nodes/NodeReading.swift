/// The documents of one text and what was wrong with its form.
struct NodeReading {
    /// Documents that could be read, also those with broken parts.
    var documents: [DocumentNode] = []
    var problems: [Problem] = []

    struct Problem: Hashable {
        let path: String
        let line: Int
        let message: String
    }

    mutating func report(_ path: String, _ line: Int, _ message: String) {
        problems.append(Problem(path: path, line: line, message: message))
    }
}
