/// The effective value of one key, and where it comes from.
struct ConfigurationSetting: Sendable {
    let key: ConfigurationKey
    let value: ConfigurationValue
    let origin: ConfigurationOrigin

    /// The value as it may be shown: what is secret is masked.
    var shownText: String {
        key.isSecret && value != .none ? Self.mask : key.shown(value.description)
    }

    static let mask = "********"
}
