import ArgumentParser
import SchedulerAPI

/// `escapement cluster resume`.
struct ClusterResume: ClusterActionVerb {
    static let action = QuiesceAction.resume
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let the nodes of a quiesced cluster start requests again, but those quiesced by themselves."
    )

    @OptionGroup var target: TargetName

    @OptionGroup var connection: ConnectionOptions
}
