import SchedulerCore

extension ObjectGenerator {
    mutating func jobSet() -> JobSet {
        JobSet(
            id: MetadataObjectID(kind: .jobSet, package: "/a", name: "S"),
            displayName: optional { $0.text() },
            executionMode: element(of: [.serial, .parallel]),
            firstStep: optional { $0.text() },
            steps: list {
                JobSetStep(
                    stepID: $0.text(),
                    job: MetadataObjectID(kind: $0.element(of: [.jobDefinition, .jobSet]), package: "/a", name: "J"),
                    parameters: $0.list { $0.parameter() },
                    links: $0.optional {
                        StepLinks(
                            success: $0.optional { $0.text() },
                            warning: $0.optional { $0.text() },
                            error: $0.optional { $0.text() }
                        )
                    }
                )
            },
            application: optional { $0.text() },
            parameters: list { $0.parameter() }
        )
    }

    mutating func schedule() -> StoredSchedule {
        StoredSchedule(
            id: MetadataObjectID(kind: .schedule, package: "/a", name: "S"),
            description: optional { $0.text() },
            timezone: optional { $0.text() },
            recurrences: list { $0.recurrence() },
            inclusions: list { $0.instant() },
            exclusions: list { $0.exclusion() },
            exclusionsDefinitions: list { _ in
                MetadataObjectID(kind: .exclusionsDefinition, package: "/a", name: "E")
            },
            overlapPolicy: element(of: OverlapPolicy.allCases),
            catchUpPolicy: optional { $0.element(of: CatchUpPolicy.allCases) }
        )
    }

    mutating func recurrence() -> WrittenRecurrence {
        WrittenRecurrence(
            icalString: text(),
            startDate: optional { $0.instant() },
            endDate: optional { $0.instant() }
        )
    }

    mutating func exclusion() -> ScheduleExclusion {
        if Bool.random(using: &random) { return .instant(instant()) }
        return .day(CivilDate(daysSinceEpoch: .random(in: -700_000...2_000_000, using: &random)))
    }

    mutating func instant() -> Timestamp {
        Timestamp(milliseconds: .random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
    }

    mutating func number() -> Int64 { .random(in: .min ... .max, using: &random) }

    mutating func incompatibility() -> Incompatibility {
        Incompatibility(
            id: MetadataObjectID(kind: .incompatibility, package: "/a", name: "I"),
            type: element(of: Incompatibility.Scope.allCases),
            entities: list {
                IncompatibleEntity(
                    entity: MetadataObjectID(kind: .jobSet, package: "/a", name: "J"),
                    property: $0.optional { $0.text() },
                    isSelfIncompatible: .random(using: &$0.random)
                )
            }
        )
    }

    mutating func purgePolicy() -> PurgePolicy {
        PurgePolicy(
            id: MetadataObjectID(kind: .purgePolicy, package: "/a", name: "P"),
            isEnabled: .random(using: &random),
            schedule: optional { _ in MetadataObjectID(kind: .schedule, package: "/a", name: "S") },
            criteria: PurgeCriteria(
                application: optional { $0.text() },
                product: optional { $0.text() },
                jobDefinition: optional { _ in MetadataObjectID(kind: .jobSet, package: "/a", name: "J") },
                jobType: optional { _ in BuiltInJobType.http.id },
                executionType: optional { $0.element(of: ExecutionType.allCases) },
                submitter: optional { $0.text() }
            ),
            maxRequests: optional { $0.number() },
            isLogicalOnly: .random(using: &random),
            retention: PurgeRetention(
                other: number(),
                success: optional { $0.number() },
                error: optional { $0.number() },
                warning: optional { $0.number() },
                cancelled: optional { $0.number() }
            )
        )
    }
}
