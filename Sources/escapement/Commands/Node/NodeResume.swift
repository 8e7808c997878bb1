import ArgumentParser
import SchedulerAPI

/// `escapement node resume`.
struct NodeResume: NodeActionVerb {
    static let action = QuiesceAction.resume
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a quiesced node start requests again, unless its whole cluster is quiesced."
    )

    @OptionGroup var target: TargetName

    @OptionGroup var connection: ConnectionOptions
}
