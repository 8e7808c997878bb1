import SchedulerTesting
import StoreTesting
import Testing

/// What every store must do, done by each.
@Suite("Store conformance", .timeLimit(.minutes(5)))
struct ConformanceTests {
    @Test("Requests are submitted", arguments: Stores.all, SubmitChecks.all)
    func submit(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Commands are carried out", arguments: Stores.all, CommandChecks.all)
    func command(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("forceCancel ends a request once", arguments: Stores.all, ForceCancelChecks.all)
    func forceCancel(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Old attempts write nothing", arguments: Stores.all, GuardChecks.all)
    func guards(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Requests start by rank", arguments: Stores.all, ClaimChecks.all)
    func claim(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Nodes take what is theirs", arguments: Stores.all, AdmissionChecks.all)
    func admission(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Locks exclude what is incompatible", arguments: Stores.all, LockChecks.all)
    func locks(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Locks follow the course of requests", arguments: Stores.all, LockCourseChecks.all)
    func lockCourse(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Who could not start keeps nobody back", arguments: Stores.all, LockWorkChecks.all)
    func lockWork(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Long lines are kept", arguments: Stores.all, LockLineChecks.all)
    func lockLines(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Locks hold for trees", arguments: Stores.all, LockTreeChecks.all)
    func lockTrees(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Nodes work for assignments", arguments: Stores.all, WorkChecks.all)
    func work(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("What starves comes first", arguments: Stores.all, StarvationChecks.all)
    func starvation(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("What waits knows why", arguments: Stores.all, DiagnosisChecks.all)
    func diagnosis(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Forecasts find what is to come", arguments: Stores.all, ForecastChecks.all)
    func forecast(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Timers fire", arguments: Stores.all, TimerChecks.all)
    func timers(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Job sets run their steps", arguments: Stores.all, JobSetChecks.all)
    func jobSets(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Large job sets run to their end", arguments: Stores.all, LargeSetChecks.all)
    func largeSets(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Schedules make instances", arguments: Stores.all, RecurrenceChecks.all)
    func recurrence(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Schedules are changed", arguments: Stores.all, ScheduleControlChecks.all)
    func scheduleControl(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Waiting requests are changed", arguments: Stores.all, PatchChecks.all)
    func patch(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Waiting requests are refreshed", arguments: Stores.all, RefreshChecks.all)
    func refresh(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Definitions are deleted by force", arguments: Stores.all, ForcedDeletionChecks.all)
    func forcedDeletion(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Operators decide", arguments: Stores.all, OperatorChecks.all)
    func operators(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Secrets are kept by name", arguments: Stores.all, SecretChecks.all)
    func secrets(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Callouts come before and after", arguments: Stores.all, CalloutChecks.all)
    func callouts(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Parents pause for sub-requests", arguments: Stores.all, SubRequestChecks.all)
    func subRequests(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Events reach the outbox", arguments: Stores.all, OutboxChecks.all)
    func outbox(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Lists answer queries", arguments: Stores.all, QueryChecks.all)
    func queries(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Attempts belong to nodes", arguments: Stores.all, OwnershipChecks.all)
    func ownership(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Nodes live, rest and lead", arguments: Stores.all, ClusterChecks.all)
    func cluster(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Calls are recorded under their keys", arguments: Stores.all, IdempotencyChecks.all)
    func idempotency(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("The audit trail keeps records", arguments: Stores.all, AuditChecks.all)
    func audit(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("The catalogue keeps documents", arguments: Stores.all, CatalogueChecks.all)
    func catalogue(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("Metadata is changed", arguments: Stores.all, MetadataChecks.all)
    func metadata(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }

    @Test("What ended long ago is purged", arguments: Stores.all, PurgeChecks.all)
    func purge(_ maker: StoreMaker, _ check: StoreCheck) async throws { try await maker.withStore(check.run) }
}
