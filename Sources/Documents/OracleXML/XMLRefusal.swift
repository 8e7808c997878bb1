/// Why a file is not read at all.
struct XMLRefusal: Error, Hashable {
    /// From 1; 0 where there is none.
    let line: Int
    let reason: String

    init(_ line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }
}
