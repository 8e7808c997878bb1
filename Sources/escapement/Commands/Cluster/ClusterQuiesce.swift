import ArgumentParser
import SchedulerAPI

/// `escapement cluster quiesce`.
struct ClusterQuiesce: ClusterActionVerb {
    static let action = QuiesceAction.quiesce
    static let configuration = CommandConfiguration(
        commandName: "quiesce",
        abstract: "Keep all nodes from starting requests, also those that join later; what runs ends as ever."
    )

    @OptionGroup var target: TargetName

    @OptionGroup var connection: ConnectionOptions

    var question: String? { "Keep all nodes of the cluster \(target.name) from starting requests?" }
}
