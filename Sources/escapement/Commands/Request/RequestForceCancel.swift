import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request force-cancel`.
struct RequestForceCancel: RequestActionVerb {
    static func call(_ id: RequestID) -> ClientCall<LinksView> { .forceCancel(id) }
    static let configuration = CommandConfiguration(
        commandName: "force-cancel",
        abstract: "End a request that is being cancelled and whose remote job does not answer.",
        discussion: """
            By this call you state that you have made sure that the remote job is not running; the server neither \
            checks nor contacts it. It is possible for asynchronous requests in state CANCELLING, some time after the \
            cancel or the last sign of life of the job; the refusal names the instant.
            """
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    var question: String? { "Have you made sure that the remote job of request \(id) is not running?" }
}
