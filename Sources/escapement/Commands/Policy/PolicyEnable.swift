import ArgumentParser

/// `escapement policy enable`.
struct PolicyEnable: PolicySwitch {
    static let isEnabled = true
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let a policy run by its schedule again."
    )

    @Argument(help: ArgumentHelp("Id of the policy, such as PurgePolicy://acme/ops/Ledger.", valueName: "policy"))
    var policy: String

    @OptionGroup var connection: ConnectionOptions
}
