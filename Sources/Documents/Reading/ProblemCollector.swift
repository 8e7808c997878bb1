/// Gathers what is wrong while one file is decoded.
final class ProblemCollector {
    private(set) var problems: [DocumentProblem] = []
    private let file: String

    init(file: String) { self.file = file }

    func report(_ path: String, _ line: Int, _ message: String) {
        problems.append(DocumentProblem(file: file, path: path, line: line, message: message))
    }
}
