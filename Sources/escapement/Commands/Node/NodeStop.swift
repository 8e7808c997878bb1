import ArgumentParser
import SchedulerAPI

/// `escapement node stop`.
struct NodeStop: NodeDutyVerb {
    static let action = DutyAction.stop
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the dispatcher or the processor of a node, also after a restart; what runs there ends as ever."
    )

    @OptionGroup var target: TargetName

    @OptionGroup var duty: NodeDutyChoice

    @OptionGroup var connection: ConnectionOptions
}
