import ArgumentParser
import SchedulerAPI

/// `escapement node start`.
struct NodeStart: NodeDutyVerb {
    static let action = DutyAction.start
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the dispatcher or the processor of a node again."
    )

    @OptionGroup var target: TargetName

    @OptionGroup var duty: NodeDutyChoice

    @OptionGroup var connection: ConnectionOptions
}
