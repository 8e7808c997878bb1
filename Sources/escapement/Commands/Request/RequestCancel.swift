import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request cancel`.
struct RequestCancel: RequestActionVerb {
    static func call(_ id: RequestID) -> ClientCall<LinksView> { .cancel(id) }
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a request."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions
}
