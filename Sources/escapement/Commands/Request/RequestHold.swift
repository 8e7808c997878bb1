import ArgumentParser

/// `escapement request hold`.
struct RequestHold: RequestActionVerb {
    static let action = RequestAction.hold
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keep a waiting request from starting."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions
}
