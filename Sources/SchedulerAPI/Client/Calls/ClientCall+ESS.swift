import HTTPTypes
package import SchedulerCore

// Oracle's operations (REST §1) in the order of their numbers.

// MARK: - 1 to 4

extension ClientCall where Answer == LinksView {
    package static var root: ClientCall { ClientCall("getRoot", .get, ClientPath.ess) }
}

extension ClientCall where Answer == RequestPageView {
    /// The first page, or what `limit`, `offset` or ids say.
    package static func requests(_ query: RequestQuery) -> ClientCall {
        ClientCall("listRequests", .get, ClientPath.requests, query: query.items)
    }

    /// A page of 200, counted from 1.
    package static func requests(_ query: RequestQuery, page: Int) -> ClientCall {
        ClientCall("searchRequests", .get, "\(ClientPath.requests)/search/\(page)", query: query.items)
    }

    /// The same of one application; nil = the first page.
    package static func requests(
        _ query: RequestQuery,
        ofApplication application: String,
        page: Int? = nil
    ) -> ClientCall {
        ClientCall(
            "queryApplication",
            .get,
            "\(ClientPath.ess)/query/\(PercentEncoding.encoded(application))/requests",
            query: query.items + [("pageIndex", page.map { String($0) })]
        )
    }
}

// MARK: - 5 and 6

extension ClientCall where Answer == SubmittedView {
    package static func submit(_ submission: SubmitInput) -> ClientCall {
        ClientCall("submitRequest", .post, ClientPath.requests, body: submission.document.encoded)
    }
}

extension ClientCall where Answer == SubmitArgumentsView {
    /// Arguments as parameters.
    ///
    /// - Parameters:
    ///   - arguments: of all steps, in their order; a nil takes its number only.
    ///   - byStep: of single steps, by their paths.
    ///   - parameters: into which they are put.
    ///   - application: is answered as it is.
    /// - Returns: the call.
    package static func submitArguments(
        _ arguments: [String?],
        byStep: [(stepId: String, arguments: [String?])] = [],
        into parameters: [RequestParameterBody] = [],
        application: String? = nil
    ) -> ClientCall {
        func list(_ arguments: [String?]) -> [DocumentValue] { arguments.map { DocumentValue($0) ?? .null } }
        let steps: [DocumentValue] = byStep.map {
            ["stepId": .text($0.stepId), "arguments": .list(list($0.arguments))]
        }
        let body: DocumentValue = .members([
            "application": DocumentValue(application),
            "arguments": .list(list(arguments) + steps),
            "requestParameters": DocumentValue(parameters.map(\.document)),
        ])
        return ClientCall("submitArguments", .post, "\(ClientPath.requests)/submitArgs", body: body.encoded)
    }
}

// MARK: - 7 to 9

extension ClientCall where Answer == RequestView {
    /// A request.
    ///
    /// - Parameters:
    ///   - id: its number.
    ///   - fields: what is wanted of it; all of it when none are named.
    ///   - links: relations that are wanted; all when none are named.
    /// - Returns: the call.
    package static func request(_ id: RequestID, fields: [String] = [], links: [String] = []) -> ClientCall {
        ClientCall(
            "getRequest",
            .get,
            ClientPath.request(id),
            query: [
                ("fields", fields.isEmpty ? nil : fields.joined(separator: ",")),
                ("links", links.isEmpty ? nil : links.joined(separator: ",")),
            ]
        )
    }
}

extension ClientCall where Answer == Void {
    package static func delete(_ id: RequestID) -> ClientCall {
        ClientCall("deleteRequest", .delete, ClientPath.request(id))
    }

    package static func unsubscribe(_ id: RequestID) -> ClientCall {
        ClientCall("unsubscribe", .delete, ClientPath.request(id, "/subscribe"))
    }
}

// MARK: - 8, 10 to 14, 17

extension ClientCall where Answer == LinksView {
    package static func update(_ id: RequestID, _ change: UpdateInput) -> ClientCall {
        ClientCall("updateRequest", .patch, ClientPath.request(id), body: change.document.encoded)
    }

    package static func cancel(_ id: RequestID) -> ClientCall { action("cancelRequest", id, "/cancel") }

    /// Attests that the remote job does not run (REST §6).
    package static func forceCancel(_ id: RequestID) -> ClientCall { action("forceCancelRequest", id, "/forceCancel") }

    package static func hold(_ id: RequestID) -> ClientCall { action("holdRequest", id, "/hold") }

    package static func release(_ id: RequestID) -> ClientCall { action("releaseRequest", id, "/release") }

    package static func subscribe(_ id: RequestID, _ subscription: CallbackSubscriptionBody) -> ClientCall {
        ClientCall("subscribe", .post, ClientPath.request(id, "/subscribe"), body: subscription.document.encoded)
    }

    /// A job reports how it fares.
    package static func report(_ id: RequestID, _ report: ExecutionStatusBody) -> ClientCall {
        let body: DocumentValue = .members([
            "requestHandle": DocumentValue(report.requestHandle?.value), "status": .text(report.status.rawValue),
            "statusMessage": DocumentValue(report.statusMessage),
        ])
        return ClientCall(
            "reportExecutionStatus",
            .post,
            ClientPath.request(id, "/executionStatus"),
            body: body.encoded
        )
    }

    private static func action(_ operation: String, _ id: RequestID, _ path: String) -> ClientCall {
        ClientCall(operation, .post, ClientPath.request(id, path))
    }
}

// MARK: - 16, 18, 19

extension ClientCall where Answer == PermissionsView {
    package static func permissions(_ id: RequestID) -> ClientCall {
        ClientCall("getPermissions", .get, ClientPath.request(id, "/permissions"))
    }
}

extension ClientCall where Answer == Bool {
    /// A job asks whether it is being cancelled.
    package static func checkInCancelling(_ context: RequestExecutionContext) -> ClientCall {
        let body: DocumentValue = ["requestExecutionContext": .text(context.text)]
        return ClientCall(
            "checkInCancelling",
            .post,
            ClientPath.request(context.requestId, "/checkInCancelling"),
            body: body.encoded
        ) { reply throws(ClientError) in
            guard let flag = (try? JSONReader.read(reply.body))?.bool else { throw .unreadable("is no boolean") }
            return flag
        }
    }
}

extension ClientCall where Answer == QuiesceStatesView {
    /// All servers, or the one of that name.
    package static func quiesceState(ofCluster cluster: String, server: String? = nil) -> ClientCall {
        ClientCall(
            "getQuiesceState",
            .get,
            "\(ClientPath.ess)/server/quiesceState",
            query: [("clusterName", cluster), ("serverName", server)]
        )
    }
}
