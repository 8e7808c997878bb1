import Executors
import Logging
import SchedulerCore
import SchedulerEngine

extension Server {
    /// Removes what has ended long ago, where this node leads.
    func purgeLoop(
        _ store: any SchedulerStore,
        node: NodeRecord,
        catalogue: CatalogueHolder,
        content: FileContentStore,
        live: LiveConfiguration,
        wake: WakeSignal,
        time: any TimeSource,
        logger: Logger
    ) -> PurgeLoop {
        let lease = configuration.cluster.lease
        return PurgeLoop(
            store: store,
            catalogue: catalogue,
            content: ContentRemover(content),
            leads: { try await store.lead(.purge, node: node.id, lease: lease) != nil },
            settings: { live.current.purge },
            recurrence: configuration.recurrence,
            longestPause: lease / 3,
            wake: wake,
            time: time,
            logger: logger
        )
    }
}
