import Executors
import Logging
import SchedulerCore
import SchedulerEngine

extension Server {
    /// Tells those who asked of the events of requests, where this node leads.
    func deliveryLoop(
        _ store: any SchedulerStore,
        node: NodeRecord,
        jobs: JobServices,
        callbacks: CallbackConfiguration,
        sealer: CallbackSealer,
        named: SecretService,
        live: LiveConfiguration,
        wake: WakeSignal,
        time: any TimeSource,
        logger: Logger
    ) -> DeliveryLoop {
        let lease = configuration.cluster.lease
        let sender = NoticeSender(
            caller: jobs.outbound,
            settings: { callbacks.current },
            secrets: CallbackSecrets(
                open: { try sealer.open($0) },
                find: { name, definitionID in
                    let definition = try MetadataObjectID(parsing: definitionID, default: .jobDefinition)
                    return try await named.value(of: name, for: definition)
                }
            ),
            listeners: jobs.swiftJobs,
            time: time
        )
        return DeliveryLoop(
            store: store,
            deliverer: sender,
            leads: { try await store.lead(.outbox, node: node.id, lease: lease) != nil },
            lease: lease,
            terms: { live.current.callback.terms },
            wake: wake,
            time: time,
            logger: logger
        )
    }
}
