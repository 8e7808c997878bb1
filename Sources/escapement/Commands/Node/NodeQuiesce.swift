import ArgumentParser
import SchedulerAPI

/// `escapement node quiesce`.
struct NodeQuiesce: NodeActionVerb {
    static let action = QuiesceAction.quiesce
    static let configuration = CommandConfiguration(
        commandName: "quiesce",
        abstract: "Keep a node from starting requests, also after a restart; what runs there ends as ever."
    )

    @OptionGroup var target: TargetName

    @OptionGroup var connection: ConnectionOptions
}
