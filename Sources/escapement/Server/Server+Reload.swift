import Executors
import Logging
import SchedulerCore
import SchedulerEngine

extension Server {
    /// Reads the configuration anew and puts in force what may change while the server runs.
    func reload(
        _ live: LiveConfiguration,
        settings: EngineSettings,
        signals: EngineSignals,
        store: any SchedulerStore,
        policy: OutboundRules,
        callbacks: CallbackConfiguration,
        metadata: MetadataLoop,
        logger: Logger
    ) async {
        do {
            let newer = try reread()
            let (next, waiting) = live.current.reloaded(from: newer)
            try callbacks.change(next.callback)
            live.current = next
            var values = engineValues(of: next)
            values.baseURL = settings.values.baseURL
            settings.values = values
            store.change(settings: settings.machine)
            policy.change(next.outbound)
            for key in waiting { logger.warning("Needs a restart", metadata: ["key": "\(key)"]) }
        } catch {
            logger.error("Configuration not reloaded, the old one stays", metadata: ["error": "\(error)"])
        }
        // What it claims, or how often it looks, may have changed.
        signals.dispatch.signal()
        signals.purge.signal()
        signals.outbox.signal()
        metadata.reload()
    }
}
