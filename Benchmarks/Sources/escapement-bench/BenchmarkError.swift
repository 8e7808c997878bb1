/// Why a benchmark has no figure; a wrong answer ends the program, for figures of failed calls mean nothing.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
