import ArgumentParser

/// The node or cluster that a command is about.
struct TargetName: ParsableArguments {
    @Argument(help: "Name of it.")
    var name: String

    func validate() throws {
        if name.isEmpty { throw ValidationError("A name is not empty.") }
    }
}
