import ArgumentParser

/// `escapement policy disable`.
struct PolicyDisable: PolicySwitch {
    static let isEnabled = false
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Keep a policy from running by its schedule; run still runs it."
    )

    @Argument(help: ArgumentHelp("Id of the policy, such as PurgePolicy://acme/ops/Ledger.", valueName: "policy"))
    var policy: String

    @OptionGroup var connection: ConnectionOptions
}
