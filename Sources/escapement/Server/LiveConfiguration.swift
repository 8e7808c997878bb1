import SchedulerCore
import Synchronization

/// The configuration in force, reloadable.
final class LiveConfiguration: Sendable {
    private let state: Mutex<ServerConfiguration>

    init(_ configuration: ServerConfiguration) { state = Mutex(configuration) }

    var current: ServerConfiguration {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

/// Outbound rules in force, reloadable.
final class OutboundRules: Sendable {
    private let state: Mutex<OutboundPolicy>

    init(_ configuration: ServerConfiguration.Outbound) { state = Mutex(Self.policy(configuration)) }

    var current: OutboundPolicy { state.withLock { $0 } }

    func change(_ configuration: ServerConfiguration.Outbound) { state.withLock { $0 = Self.policy(configuration) } }

    private static func policy(_ configuration: ServerConfiguration.Outbound) -> OutboundPolicy {
        OutboundPolicy(
            allow: configuration.allow.compactMap(OutboundRule.init(parsing:)),
            deny: configuration.deny.compactMap(OutboundRule.init(parsing:))
        )
    }
}
