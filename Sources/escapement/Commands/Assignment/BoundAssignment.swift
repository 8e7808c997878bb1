import ArgumentParser
import SchedulerCore

/// An assignment and the node that a command binds it to.
struct BoundAssignment: ParsableArguments {
    @Argument(help: ArgumentHelp("Id of it, such as WorkAssignment://acme/Night.", valueName: "assignment"))
    var assignment: String

    @Argument(help: "Name of the node; * for all.")
    var node: String

    func validate() throws {
        if assignment.isEmpty || node.isEmpty { throw ValidationError("A name is not empty.") }
    }

    /// The id as a path: package and name.
    var path: String { Self.path(of: assignment) }

    /// Package and name of an id, whatever its spelling, each word encoded.
    static func path(of id: String) -> String {
        let bare = id.firstIndex(of: ":").map { String(id[id.index(after: $0)...]) } ?? id
        return bare.split(separator: "/").map { PercentEncoding.encoded(String($0)) }.joined(separator: "/")
    }
}
