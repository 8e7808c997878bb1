package import SchedulerCore

/// Turns an order into a durable request: definition, right, parameters, times (REST §5.3).
package struct SubmissionService: Sendable {
    private let access: RequestAccess
    private let catalogue: CatalogueHolder
    private let gateway: CommandGateway
    private let defaultApplication: String
    private let outbound: @Sendable () -> OutboundPolicy
    private let sealer: SecretSealer
    private let denials: DenialRecorder
    private let swiftClassHasHook: @Sendable (String) -> Bool

    package init(
        access: RequestAccess,
        catalogue: CatalogueHolder,
        gateway: CommandGateway,
        defaultApplication: String,
        outbound: @escaping @Sendable () -> OutboundPolicy,
        sealer: SecretSealer,
        denials: DenialRecorder,
        swiftClassHasHook: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.access = access
        self.catalogue = catalogue
        self.gateway = gateway
        self.defaultApplication = defaultApplication
        self.outbound = outbound
        self.sealer = sealer
        self.denials = denials
        self.swiftClassHasHook = swiftClassHasHook
    }

    /// Submits.
    ///
    /// - Parameters:
    ///   - order: decoded body.
    ///   - caller: needs EXECUTE on the definition.
    /// - Returns: the durable request.
    /// - Throws: ESS-03001 to 03003, ESS-02002, the errors of `ParameterMerge.submit`, ESS-04005, ESS-02007,
    ///   ESS-01050; `StoreFault`.
    package func submit(_ order: SubmissionOrder, caller: Caller) async throws -> JobRequest {
        let definition = try resolve(order)
        do throws(SchedulerError) {
            try access.decision(for: caller).requireExecute(on: definition.id)
        } catch {
            await denials.record(error, entry: caller.audit("submit"), target: definition.id)
            throw error
        }
        let merged = try ParameterMerge.submit(order.parameters, properties: order.properties, to: definition)
        if let start = order.startTime, let end = order.endTime, end <= start {
            throw SchedulerError(4005, end.description, start.description)
        }
        let table = ParameterTable(merged.parameters)
        let traits = ExecutableTraits(kind: definition.root.executor, swiftClassHasHook: swiftClassHasHook) {
            table[$0]?.value
        }
        for url in traits.outboundURLs { try outbound().check(template: url) }
        var submission = Submission(
            facts: facts(of: definition, table, traits, order: order, caller: caller),
            policy: merged.policy,
            parameters: merged.parameters
        )
        submission.requestedStart = order.startTime
        submission.requestedEnd = order.endTime
        submission.callback = try seal(order.callback)
        return try await gateway.submit(submission, audit: nil)
    }

    /// An object of another application does not exist for the order.
    private func resolve(_ order: SubmissionOrder) throws(SchedulerError) -> ResolvedDefinition {
        let candidates = try MetadataObjectID.candidates(
            parsing: order.definition,
            kinds: [.jobDefinition, .jobSet]
        )
        let snapshot = catalogue.current
        for id in candidates {
            if let definition = snapshot.resolvedDefinition(id),
                definition.isVisible(toApplication: order.application)
            {
                return definition
            }
        }
        throw SchedulerError(3001, candidates.first?.description ?? order.definition)
    }

    private func facts(
        of definition: ResolvedDefinition,
        _ table: ParameterTable,
        _ traits: ExecutableTraits,
        order: SubmissionOrder,
        caller: Caller
    ) -> RequestFacts {
        var facts = RequestFacts(
            definitionID: definition.id,
            jobTypeID: definition.definition.jobType,
            executor: definition.root.executor,
            application: order.application ?? definition.definition.application ?? defaultApplication,
            submitter: caller.principal.userName
        )
        facts.isAsynchronous = traits.isAsynchronous
        facts.hasCancelCall = traits.hasCancelCall
        facts.definitionDisplayName = definition.definition.displayName
        facts.definitionDescription = definition.definition.description
        facts.className = table["SYS_className"]?.value
        facts.externalJobType = table["SYS_externalJobType"]?.value
        facts.product = table["SYS_product"]?.value
        facts.requestCategory = table["SYS_requestCategory"]?.value
        facts.runAsUser = table["SYS_runasApplicationID"]?.value ?? caller.principal.userName
        facts.description = order.description
        facts.enterpriseID = caller.principal.enterpriseID
        facts.trace = caller.trace
        return facts
    }

    private func seal(_ callback: SubmissionOrder.Callback?) throws -> CallbackSubscription? {
        guard let callback else { return nil }
        var subscription = callback.subscription
        try outbound().check(template: subscription.url)
        if let token = subscription.accessTokenURI { try outbound().check(template: token) }
        subscription.sealedClientSecret = try callback.clientSecret.map {
            try sealer.seal($0, context: "callback|\(subscription.url)")
        }
        return subscription
    }
}
