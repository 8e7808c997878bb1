package import SchedulerCore

/// Submissions at random: some plain, some with every member set.
package enum RandomSubmissions {
    /// What some of them ask for.
    package static let logicalClusters: Set<String> = ["west", "w\u{E9}st"]

    /// - Parameters:
    ///   - random: decides.
    ///   - now: time of the store.
    ///   - parents: requests below which one may be submitted; the store may have deleted them.
    /// - Returns: a submission that a store takes if the parent is still there.
    package static func submission(
        _ random: inout SeededRandom,
        now: Timestamp,
        parents: [JobRequest]
    ) -> Submission {
        if random.percent(5) { return StoreSamples.full() }
        var submission = Submission(facts: facts(&random), policy: policy(&random))
        submission.placement = placement(&random, parents)
        if random.percent(40) {
            submission.parameters = (0..<Int.random(in: 1...4, using: &random)).map { number in
                Parameter(
                    name: "p\(number)",
                    type: random.pick(ParameterType.allCases) ?? .string,
                    value: random.pick([nil, "", "DE", "é"]) ?? nil,
                    isSecret: random.percent(20)
                )
            }
        }
        if random.percent(10) {
            submission.callback = CallbackSubscription(url: "http://localhost/x", securityScheme: "OWSM_GPA")
        }
        if random.percent(40) { submission.requestedStart = now + offset(&random, from: -60_000, to: 120_000) }
        if random.percent(10) {
            // Behind any start: what has no instant left is refused, and may have drawn a number.
            let span = offset(&random, from: 0, to: 600_000)
            submission.requestedEnd = submission.requestedStart.map { $0 + span }
        }
        return submission
    }

    private static func placement(_ random: inout SeededRandom, _ parents: [JobRequest]) -> Placement {
        if random.percent(30), let parent = random.pick(parents), let type = random.pick(parent.lineage.type.childTypes)
        {
            return .child(type, of: parent.id, step: type == .jobSetStep ? random.pick(["load", "post"]) : nil)
        }
        // Most requests must be able to run.
        let types = RequestType.allCases.filter(\.isRoot)
        return .root(random.percent(60) ? .singleton : random.pick(types) ?? .singleton)
    }

    private static func offset(_ random: inout SeededRandom, from low: Int64, to high: Int64) -> Duration {
        .milliseconds(Int64.random(in: low...high, using: &random))
    }

    private static func facts(_ random: inout SeededRandom) -> RequestFacts {
        var facts = RequestFacts(
            definitionID: StoreSamples.definition(random.pick(["Job", "Other", "Single"]) ?? "Job"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/acme", name: random.pick(["A", "B"]) ?? "A"),
            executor: random.pick(ExecutorKind.allCases) ?? .swift,
            application: random.pick(["Acme", "Ääcme", ""]) ?? "Acme",
            submitter: random.pick(["anna", "Anna", "olga", "\u{E9}lodie", "e\u{301}lodie"]) ?? "anna"
        )
        facts.runAsUser = random.pick([facts.submitter, "batch"]) ?? "batch"
        if random.percent(15) {
            facts.jobTypeID = nil
            facts.executor = nil
        }
        facts.definitionDisplayName = random.pick([nil, "A job"]) ?? nil
        facts.className = random.pick([nil, "NoOp", "noop%"]) ?? nil
        facts.externalJobType = random.pick([nil, "ext_1"]) ?? nil
        facts.product = random.pick([nil, "", "GL", "Größe"]) ?? nil
        facts.requestCategory = random.pick([nil, "nightly", "NIGHTLY"]) ?? nil
        facts.description = random.pick([nil, "", "100 % 'quoted' \\ text", "end\u{0}"]) ?? nil
        facts.enterpriseID = random.pick([1, 2, .max]) ?? 1
        facts.trace = random.pick([nil, "00ff"]) ?? nil
        if facts.enterpriseID == 2 { facts.logicalCluster = facts.className == nil ? "west" : "w\u{E9}st" }
        // The names of applications may hold what divides the parts of a class of work.
        if facts.enterpriseID == .max, facts.application.isEmpty { facts.application = "A\u{1F}\u{1F}b" }
        facts.isAsynchronous = random.pick([nil, true, true, false]) ?? nil
        facts.hasCancelCall = random.percent(50)
        return facts
    }

    private static func policy(_ random: inout SeededRandom) -> ExecutionPolicy {
        var policy = ExecutionPolicy()
        policy.priority = random.percent(50) ? 4 : Int.random(in: 0...9, using: &random)
        if random.percent(50) { policy.retries = Int.random(in: 0...3, using: &random) }
        if random.percent(50) { policy.retryDelay = .seconds(Int.random(in: 0...60, using: &random)) }
        if random.percent(20) { policy.retryJitter = 0.5 }
        if random.percent(20) { policy.requestExpiration = .seconds(Int.random(in: 1...200, using: &random)) }
        if random.percent(30) { policy.requestTimeout = .seconds(Int.random(in: 1...100, using: &random)) }
        policy.timeoutAction = random.pick(ExecutionPolicy.TimeoutAction.allCases) ?? .mark
        policy.nodeLost = random.pick(ExecutionPolicy.NodeLostAction.allCases) ?? .retry
        if random.percent(30) { policy.cancelEndAfter = .seconds(Int.random(in: 1...100, using: &random)) }
        if random.percent(15) { policy.allowMultiplePending = false }
        return policy
    }
}
