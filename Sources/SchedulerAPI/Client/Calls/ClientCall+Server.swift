import HTTPTypes
package import SchedulerCore

// What our own API says of schedules, nodes, work and purges (administration §4, §6).

// MARK: - Schedules

extension ClientCall where Answer == PreviewView {
    /// - Parameters:
    ///   - schedule: stored or written.
    ///   - from: RFC 3339; nil = now.
    ///   - to: the same; nil = no bound.
    ///   - max: instants at most, 1 to 1000.
    /// - Returns: the call.
    package static func preview(
        _ schedule: ScheduleChoice,
        from: String? = nil,
        to: String? = nil,
        max: Int? = nil
    ) -> ClientCall {
        let body: DocumentValue = .members([
            "schedule": schedule.schedule, "scheduleId": schedule.scheduleId, "from": DocumentValue(from),
            "to": DocumentValue(to), "max": DocumentValue(max),
        ])
        return ClientCall(
            "previewSchedule",
            .post,
            "\(ClientPath.administration)/schedules/preview",
            body: body.encoded
        )
    }
}

extension ClientCall where Answer == ForecastView {
    /// - Parameters:
    ///   - from: RFC 3339; nil = now.
    ///   - to: the same; nil = a day later.
    ///   - filter: nil = everything.
    /// - Returns: the call.
    package static func forecast(from: String? = nil, to: String? = nil, filter: String? = nil) -> ClientCall {
        ClientCall(
            "getForecast",
            .get,
            "\(ClientPath.administration)/forecast",
            query: [("from", from), ("to", to), ("q", filter)]
        )
    }
}

// MARK: - Work assignments

extension ClientCall where Answer == WorkloadView {
    package static var workload: ClientCall {
        ClientCall("getWorkload", .get, "\(ClientPath.administration)/workload/status")
    }
}

extension ClientCall where Answer == WorkloadTestView {
    /// - Parameters:
    ///   - question: who is to be taken.
    ///   - instant: RFC 3339; nil = now.
    /// - Returns: the call.
    package static func testWorkload(_ question: WorkloadQuestion, at instant: String? = nil) -> ClientCall {
        ClientCall(
            "testWorkload",
            .post,
            "\(ClientPath.administration)/workload/test",
            body: question.document(at: instant).encoded
        )
    }
}

extension ClientCall where Answer == BindingView {
    /// - Parameters:
    ///   - assignment: its id.
    ///   - node: `*` = all.
    ///   - scope: whether its requests run elsewhere, too.
    ///   - isEnabled: a binding that is switched off lets the node rest for it.
    /// - Returns: the call.
    package static func bind(
        _ assignment: MetadataObjectID,
        to node: String,
        scope: WorkBinding.Scope = .standard,
        isEnabled: Bool = true
    ) -> ClientCall {
        let body: DocumentValue = ["enabled": .flag(isEnabled), "scope": .text(scope.rawValue)]
        return ClientCall("bindAssignment", .put, ClientPath.binding(assignment, node), body: body.encoded)
    }
}

extension ClientCall where Answer == Void {
    package static func unbind(_ assignment: MetadataObjectID, from node: String) -> ClientCall {
        ClientCall("unbindAssignment", .delete, ClientPath.binding(assignment, node))
    }
}

// MARK: - Nodes

/// What may be done to nodes and clusters; the raw value is the last part of the path.
package enum QuiesceAction: String, Sendable, CaseIterable {
    case quiesce
    case resume
}

/// What may be done to a duty of a node; the raw value is the last part of the path.
package enum DutyAction: String, Sendable, CaseIterable {
    case start
    case stop
}

extension ClientCall where Answer == ItemsView<NodeView> {
    package static var nodes: ClientCall { ClientCall("listNodes", .get, "\(ClientPath.administration)/nodes") }

    /// All nodes afterwards.
    package static func perform(_ action: QuiesceAction, onCluster name: String) -> ClientCall {
        ClientCall(
            "\(action.rawValue)Cluster",
            .post,
            "\(ClientPath.administration)/clusters/\(PercentEncoding.encoded(name))/\(action.rawValue)"
        )
    }
}

extension ClientCall where Answer == NodeView {
    package static func node(_ name: String) -> ClientCall { ClientCall("getNode", .get, ClientPath.node(name)) }

    /// The node afterwards.
    package static func perform(_ action: QuiesceAction, onNode name: String) -> ClientCall {
        ClientCall("\(action.rawValue)Node", .post, ClientPath.node(name, "/\(action.rawValue)"))
    }

    /// The node afterwards.
    package static func perform(_ action: DutyAction, _ duty: NodeDuty, onNode name: String) -> ClientCall {
        let operation = duty.rawValue.prefix(1).uppercased() + duty.rawValue.dropFirst()
        return ClientCall(
            "\(action.rawValue)\(operation)",
            .post,
            ClientPath.node(name, "/\(duty.rawValue)/\(action.rawValue)")
        )
    }
}

// MARK: - Purges

extension ClientCall where Answer == PurgeRunView {
    /// The run as it begins.
    package static func runPurge(_ input: PurgeInput, isDryRun: Bool = false) -> ClientCall {
        ClientCall(
            "runPurge",
            .post,
            "\(ClientPath.administration)/purge/run",
            body: input.document(isDryRun: isDryRun).encoded
        )
    }
}

extension ClientCall where Answer == ItemsView<PurgeRunView> {
    /// Newest first.
    package static func purgeRuns(limit: Int? = nil) -> ClientCall {
        ClientCall(
            "listPurgeRuns",
            .get,
            "\(ClientPath.administration)/purge/runs",
            query: [("limit", limit.map { String($0) })]
        )
    }
}
