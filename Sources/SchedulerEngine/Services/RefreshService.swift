package import SchedulerCore

/// Lets requests that wait take what the metadata say now, under what their callers submitted (administration §1.3).
package struct RefreshService: Sendable {
    /// How often a refresh is made anew when the request was changed meanwhile.
    private static let attemptsMax = 10
    /// Most instances of a recurring parent that have yet to start.
    private static let instancesMax = 1000

    private let access: RequestAccess
    private let store: any RequestStore
    private let source: MetadataSource
    private let gateway: CommandGateway
    private let outbound: @Sendable () -> OutboundPolicy
    private let denials: DenialRecorder
    private let swiftClassHasHook: @Sendable (String) -> Bool

    package init(
        access: RequestAccess,
        store: any RequestStore,
        source: MetadataSource,
        gateway: CommandGateway,
        outbound: @escaping @Sendable () -> OutboundPolicy,
        denials: DenialRecorder,
        swiftClassHasHook: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.access = access
        self.store = store
        self.source = source
        self.gateway = gateway
        self.outbound = outbound
        self.denials = denials
        self.swiftClassHasHook = swiftClassHasHook
    }

    /// Merges the parameters of a request anew, with those of its instances that have yet to start.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - caller: needs UPDATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the request afterwards, durable.
    /// - Throws: in this order ESS-01001, 02003 or 02004, 01028; ESS-03001, 03008 where definition, set or step are
    ///   gone; the codes of `ParameterMerge.submit`, ESS-02007; ESS-01051; `StoreFault`.
    package func refresh(_ id: RequestID, caller: Caller, call: IdempotentCall? = nil) async throws -> JobRequest {
        let entry = caller.audit(RequestEventKind.refresh.rawValue)
        do {
            _ = try await access.request(id, for: .update, caller: caller)
        } catch let error as SchedulerError {
            await denials.record(error, entry: entry, target: id)
            throw error
        }
        for _ in 0..<Self.attemptsMax {
            let detail = try await access.existing(id)
            let request = detail.request
            guard RequestTransition.row(.refresh).cells[request.state] != nil else {
                throw SchedulerError(1028, id.description, request.state.rawValue)
            }
            let refresh: RequestRefresh
            do throws(any Error) {
                refresh = try await self.refresh(of: detail)
            } catch let error as SchedulerError where !request.lineage.type.isRecurringParent {
                guard let ended = try await end(request, by: error, entry, call) else { throw error }
                return ended
            }
            let result = try await gateway.perform(RequestCommand(id, .refresh(refresh), audit: entry, call: call))
            switch result.outcome {
            case .applied, .unchanged:
                guard let request = result.request else { throw SchedulerError(1001, id.description) }
                return request
            case .refused(let error) where error.code == 1051: continue
            case .refused(let error): throw error
            case .dropped: throw SchedulerError(1051, id.description)
            }
        }
        throw SchedulerError(1051, id.description)
    }

    /// Ends a request in PENDING_VALIDATION, or whose definition is gone, by what is wrong with it.
    ///
    /// - Returns: nil where the request goes on as it was.
    private func end(
        _ request: JobRequest,
        by error: SchedulerError,
        _ entry: AuditEntry,
        _ call: IdempotentCall?
    ) async throws -> JobRequest? {
        let isGone = try await source.current().catalogue[request.facts.definitionID] == nil
        guard isGone || request.state == .pendingValidation else { return nil }
        let text = isGone ? "\(request.facts.definitionID) was deleted." : error.description
        let results = try await gateway.perform([
            RequestCommand(request.id, .definitionDeleted),
            RequestCommand(
                request.id,
                .invalid(isGone ? .metadataNotFound : .validationError, text: text),
                audit: entry,
                call: call
            ),
        ])
        return results.last?.outcome == .applied ? results.last?.request : nil
    }

    // MARK: - Making one

    private func refresh(of detail: RequestDetail) async throws -> RequestRefresh {
        let catalogue = try await source.current().catalogue
        let builder = SubmissionBuilder(outbound: outbound(), swiftClassHasHook: swiftClassHasHook)
        let maker = RefreshMaker(catalogue: catalogue, builder: builder)
        let owner = try await ownerOfStep(detail.request)
        let (own, jobSet) = try maker.item(detail, owner)
        var items = [own]
        for instance in try await waitingInstances(of: detail.request) {
            items.append(try maker.item(instance, owner).item)
        }
        return RequestRefresh(items, jobSet: jobSet)
    }

    /// Whose step or sub-request it is, and the set at the top of it.
    private func ownerOfStep(_ request: JobRequest) async throws -> RefreshMaker.Owner {
        var owner = RefreshMaker.Owner(runAsUser: request.facts.submitter, jobSet: nil)
        guard !request.lineage.type.isRecurringInstance, let parentID = request.lineage.parentID else { return owner }
        var parent = try await access.existing(parentID).request
        owner.runAsUser = parent.facts.runAsUser
        guard request.lineage.type == .jobSetStep else { return owner }
        while parent.lineage.type == .jobSetStep, let next = parent.lineage.parentID {
            parent = try await access.existing(next).request
        }
        owner.jobSet = parent.facts.definitionID
        return owner
    }

    private func waitingInstances(of request: JobRequest) async throws -> [RequestDetail] {
        guard request.lineage.type.isRecurringParent else { return [] }
        var query = RequestQuery(
            filter: .and([
                .comparison(.parentRequestID, .equal, .integer(request.id.value)), .not(.present(.completedTime)),
            ]),
            limit: Self.instancesMax
        )
        query.includesParameters = true
        return try await store.requests(query).filter(\.request.isWaitingInstance)
            .sorted { $0.request.id < $1.request.id }
    }
}
