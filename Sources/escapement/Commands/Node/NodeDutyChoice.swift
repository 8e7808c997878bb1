import ArgumentParser
import SchedulerCore

/// Which duty of a node a command is about.
struct NodeDutyChoice: ParsableArguments {
    @Flag(help: "The dispatcher: looks for what is due.")
    var dispatcher = false

    @Flag(help: "The processor: runs it.")
    var processor = false

    func validate() throws {
        guard dispatcher || processor else { throw ValidationError("Say --dispatcher, --processor or both.") }
    }

    var duties: [NodeDuty] { (dispatcher ? [.dispatcher] : []) + (processor ? [.processor] : []) }
}
