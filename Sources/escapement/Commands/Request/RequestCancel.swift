import ArgumentParser

/// `escapement request cancel`.
struct RequestCancel: RequestActionVerb {
    static let action = RequestAction.cancel
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a request."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions
}
