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

    /// - Throws: ``ClientFailure`` for a text that is no id of an assignment.
    var id: MetadataObjectID { get throws(ClientFailure) { try AssignmentNoun.id(assignment) } }
}
