package import SchedulerCore

extension ClusterStore {
    /// Makes a sample node a member.
    package func enter(_ node: NodeID = StoreSamples.node) async throws {
        guard
            case .nameTaken(let other, _) = try await join(
                StoreSamples.record(node),
                lease: StoreSamples.lease,
                over: nil
            )
        else { return }
        throw StoreFault("\(other.name) is a living node already")
    }
}

/// Values that checks of stores share.
package enum StoreSamples {
    package static let node = NodeID("00000000000000000000000000000001")
    package static let otherNode = NodeID("00000000000000000000000000000002")

    package static let lease: Duration = .seconds(30)

    package static func record(_ node: NodeID) -> NodeRecord {
        let process = ProcessIdentity(pid: 4711, startTicks: .max, bootID: "a1b2")
        return NodeRecord(id: node, name: "node-\(node.value.suffix(1))", process: process)
    }

    package static func definition(_ name: String = "Job") -> MetadataObjectID {
        MetadataObjectID(kind: .jobDefinition, package: "/acme/billing", name: name)
    }

    package static func submission(
        _ definition: String = "Job",
        submitter: String = "anna",
        executor: ExecutorKind = .swift,
        priority: Int = 4,
        start: Timestamp? = nil
    ) -> Submission {
        let facts = RequestFacts(
            definitionID: Self.definition(definition),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/acme", name: "Type"),
            executor: executor,
            application: "Acme",
            submitter: submitter
        )
        var submission = Submission(facts: facts)
        submission.policy.priority = priority
        submission.requestedStart = start
        return submission
    }

    /// A job set: it has neither job type nor executor.
    package static func jobSet(_ placement: Placement = .root(.jobSetSingleton)) -> Submission {
        var submission = submission("Set")
        submission.placement = placement
        submission.facts.jobTypeID = nil
        submission.facts.executor = nil
        return submission
    }

    /// A job below a parent.
    package static func child(_ type: RequestType, of parent: RequestID, step: String? = nil) -> Submission {
        var submission = submission()
        submission.placement = .child(type, of: parent, step: step)
        return submission
    }

    /// Asynchronous, with a cancel call.
    package static func asynchronous() -> Submission {
        var submission = submission(executor: .http)
        submission.facts.isAsynchronous = true
        submission.facts.hasCancelCall = true
        return submission
    }

    /// Every member set, with texts that stores like to break: empty, long, beyond the basic plane, with two spellings
    /// of one letter, with a NUL and a line end.
    package static func full() -> Submission {
        var facts = RequestFacts(
            definitionID: definition("Über.Größe"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/core", name: "ProcessJobType"),
            executor: .process,
            application: "",
            submitter: "e\u{301}lodie"
        )
        facts.definitionDisplayName = "Post the ledger"
        facts.definitionDescription = String(repeating: "long ", count: 400)
        facts.className = "a'; DROP TABLE request; --"
        facts.externalJobType = "🕰️"
        facts.product = "line\nend"
        facts.requestCategory = "nul\u{0}inside"
        facts.description = "\u{E9}lodie"
        facts.runAsUser = "\u{E9}lodie"
        facts.enterpriseID = .min
        facts.trace = "0123456789abcdef0123456789abcdef"
        facts.isAsynchronous = false
        facts.hasCancelCall = true
        var submission = Submission(facts: facts, policy: policy(), parameters: parameters())
        submission.requestedStart = Timestamp(milliseconds: 1_900_000_060_000)
        submission.requestedEnd = Timestamp(milliseconds: .max)
        submission.callback = callback()
        return submission
    }

    private static func policy() -> ExecutionPolicy {
        var policy = ExecutionPolicy()
        policy.priority = 9
        policy.retries = 3
        policy.requestExpiration = .seconds(3600)
        policy.requestTimeout = .milliseconds(1500)
        policy.retryDelay = Duration(secondsComponent: 2, attosecondsComponent: 1)
        policy.retryFactor = 1.1
        policy.retryMaxDelay = .seconds(1 << 40)
        policy.retryJitter = 0.25
        policy.timeoutAction = .fail
        policy.nodeLost = .manualRecovery
        policy.cancelGrace = .zero
        policy.cancelEndAfter = .seconds(90)
        policy.handleIsCredential = false
        policy.maxConcurrent = 12
        return policy
    }

    private static func parameters() -> [Parameter] {
        var ui = ParameterUI(prompt: "Which?", isHidden: true, isRequired: true, choices: ["", "DE", "FR"])
        ui.pattern = "[A-Z]*"
        ui.max = "ZZ"
        return [
            Parameter(name: "submit.argument1", value: "DE", ui: ui),
            Parameter(name: "empty", type: .long, value: "", scope: "load", isReadOnly: true),
            Parameter(name: "absent", type: .dateTime, isSecret: true, ui: ParameterUI()),
            Parameter(name: "", type: .boolean, value: String(repeating: "ß", count: 16_384)),
        ]
    }

    private static func callback() -> CallbackSubscription {
        var callback = CallbackSubscription(url: "https://example.org/?a=b", securityScheme: "DIRECT_OAUTH")
        callback.accessTokenURI = "https://example.org/token"
        callback.clientID = "client"
        callback.sealedClientSecret = "c2VjcmV0"
        return callback
    }
}
