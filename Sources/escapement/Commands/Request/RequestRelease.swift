import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request release`.
struct RequestRelease: RequestActionVerb {
    static func call(_ id: RequestID) -> ClientCall<LinksView> { .release(id) }
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let a held request go on."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions
}
