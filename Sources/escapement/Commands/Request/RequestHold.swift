import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request hold`.
struct RequestHold: RequestActionVerb {
    static func call(_ id: RequestID) -> ClientCall<LinksView> { .hold(id) }
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keep a waiting request from starting."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions
}
