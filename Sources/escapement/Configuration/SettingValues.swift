/// Values by key name. Asking for a key that the table does not have, or for another type than it
/// has, is a mistake in this program and stops it.
struct SettingValues {
    private let values: [String: ConfigurationValue]

    init(_ settings: [ConfigurationSetting]) {
        values = Dictionary(settings.map { ($0.key.name, $0.value) }) { first, _ in first }
    }

    func text(_ name: String) -> String {
        guard case .text(let text) = value(name) else { preconditionFailure("\(name) is no text") }
        return text
    }

    func optionalText(_ name: String) -> String? { value(name) == .none ? nil : text(name) }

    func whole(_ name: String) -> Int {
        guard case .whole(let number) = value(name) else { preconditionFailure("\(name) is no number") }
        return number
    }

    func flag(_ name: String) -> Bool {
        guard case .flag(let flag) = value(name) else { preconditionFailure("\(name) is no flag") }
        return flag
    }

    func duration(_ name: String) -> Duration {
        guard case .duration(let duration) = value(name) else { preconditionFailure("\(name) is no duration") }
        return duration
    }

    func bytes(_ name: String) -> Int {
        guard case .size(let bytes) = value(name) else { preconditionFailure("\(name) is no size") }
        return bytes
    }

    func list(_ name: String) -> [String] {
        guard case .list(let items) = value(name) else { preconditionFailure("\(name) is no list") }
        return items
    }

    private func value(_ name: String) -> ConfigurationValue {
        guard let value = values[name] else { preconditionFailure("\(name) is no key") }
        return value
    }
}
