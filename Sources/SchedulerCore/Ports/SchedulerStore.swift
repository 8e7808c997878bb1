/// A whole store as a server opens it.
package protocol SchedulerStore: RequestStore, ClusterStore, CatalogueStore, InstallationStore, PurgeStore,
    DiagnosisStore, OutboxStore, ForecastStore, WorkloadStore, IdempotencyStore, SecretStore
{
    /// Settings in force from the next decision on.
    func change(settings: RequestMachine.Settings)

    /// Metadata in force from the next decision on.
    func change(catalogue: Catalogue)

    /// Ends what waits and gives everything free. May be repeated; every later call fails.
    func close() async
}
