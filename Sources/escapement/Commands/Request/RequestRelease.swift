import ArgumentParser

/// `escapement request release`.
struct RequestRelease: RequestActionVerb {
    static let action = RequestAction.release
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let a held request go on."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions
}
