import SchedulerCore

/// The operations of Oracle's API; marks have the numbers of REST §1.
enum ESSOperations {
    static let groups = [
        APIGroup("Lists", "Which requests there are.", [list, page, ofApplication]),
        APIGroup("Submission", "New requests.", [submit, submitArguments]),
        APIGroup("Requests", "One request.", [get, permissions, update, delete]),
        APIGroup("Actions", "What may be done with it.", [cancel, forceCancel, hold, release]),
        APIGroup("Callbacks", "Who is told of its end.", [subscribe, unsubscribe]),
        APIGroup("Reports", "What a remote job says.", [report, checkIn]),
        APIGroup("Server", "The API and its servers.", [root, quiesceState]),
    ]

    private static let base = LinkBuilder.apiPath
    private static let request = base + "/requests/{requestId}"

    /// What may be done with a request once its number is known.
    private static let followers = [
        "getRequest", "cancelRequest", "forceCancelRequest", "holdRequest", "releaseRequest", "updateRequest",
        "deleteRequest", "subscribe", "unsubscribe", "getPermissions", "reportExecutionStatus", "checkInCancelling",
    ]

    /// What is worth doing after an action.
    private static let next = [
        "cancelRequest": ["forceCancelRequest", "deleteRequest"], "forceCancelRequest": ["deleteRequest"],
        "holdRequest": ["releaseRequest", "cancelRequest"], "releaseRequest": ["holdRequest", "cancelRequest"],
        "subscribe": ["unsubscribe"], "updateRequest": ["holdRequest"],
    ]

    /// The request is that of the call.
    private static let samePath = "$request.path.requestId"

    // MARK: - 1 to 4

    private static let root = APIOperation(
        .get,
        base,
        "getRoot",
        "The version of the API and where everything is",
        answers: [.json(200, "Links.", .named("Root"))]
    )

    private static let requests = APIAnswer.json(
        200,
        "Requests that the caller may read.",
        .named("RequestQueryResponse"),
        as: .collection
    )
    .leading(to: ["getRequest", "getPermissions"], requestId: "$response.body#/items/0/requestId")

    private static let list = APIOperation(.get, base + "/requests", "listRequests", "Requests", answers: [requests])
        .taking(APIParameters.ids)
        .taking(APIParameters.list)
        .taking(APIParameters.window)
        .refusing(APICodes.list)
        .refusing(5008, 5016)

    private static let page = APIOperation(
        .get,
        base + "/requests/search/{pageIndex}",
        "searchRequests",
        "A page of the requests",
        answers: [requests]
    )
    .taking(.path("pageIndex", "From 1 on.", .integer(in: WireLimits.pageRange)))
    .taking(APIParameters.list)
    .refusing(APICodes.list)

    private static let ofApplication = APIOperation(
        .get,
        base + "/query/{application}/requests",
        "queryApplication",
        "Requests of one application",
        answers: [requests]
    )
    .about("`q` and `orderBy` know all fields but `application`, which the path says.")
    .taking(.path("application", "Its name.").example("Escapement"))
    .taking(APIParameters.list)
    .taking(APIParameters.window)
    .taking(.query("pageIndex", "From 1 on.", .integer(in: WireLimits.pageRange, standard: 1)))
    .refusing(APICodes.list)
    .refusing(3005)

    // MARK: - 5 and 6

    private static let submit = APIOperation(
        .post,
        base + "/requests",
        "submitRequest",
        "Submit a job or job set, once or by a schedule",
        answers: [
            APIAnswer.json(
                201,
                "Durable; with a schedule, the number is the recurring parent's.",
                .named("SubmitResponse")
            )
            .carrying("Location", "The request.")
            .leading(to: followers, requestId: "$response.body#/id")
        ]
    )
    .about("Right: EXECUTE on the definition. A sub-request needs no credentials, but its parent's handle.")
    .taking(APIParameters.key)
    .reading(.named("SubmitRequest"), example: submission)
    .refusing(APICodes.parameters)
    .refusing(APICodes.schedule)
    .refusing(APICodes.callback)
    .refusing(APICodes.key)
    .refusing(1023, 1024, 1050, 1051, 1052, 2002, 2003, 2004, 2005, 3001, 5006, 11_003)
    .open(to: .handleInBody)

    private static let submission: DocumentValue = [
        "jobDefinitionId": "JobDefinition://samples/Countdown",
        "requestParameters": [["name": "submit.argument1", "paramType": "STRING", "value": "3"]],
    ]

    private static let submitArguments = APIOperation(
        .post,
        base + "/requests/submitArgs",
        "submitArguments",
        "Turn arguments into parameters for a submit; nothing is stored",
        answers: [.json(201, "What a submit takes.", .named("SubmitArgsResponse"))]
    )
    .taking(APIParameters.key)
    .reading(.named("SubmitArgsRequest"), example: ["arguments": ["a", "b"]])
    .refusing(APICodes.key)
    .refusing(5006)

    // MARK: - 7 to 9

    private static let get = APIOperation(
        .get,
        request,
        "getRequest",
        "A request",
        answers: [
            APIAnswer.json(
                200,
                "Its members, as far as there is something to show.",
                .named("RequestDetails"),
                as: .singular
            )
            .leading(
                to: ["cancelRequest", "holdRequest", "releaseRequest", "deleteRequest"],
                requestId: samePath
            )
        ]
    )
    .about("Right: ESS_REQUEST_READ.")
    .taking(APIParameters.requestId)
    .taking(APIParameters.selection)
    .taking(.query("links", "Comma list of relations, in any case: which links are wanted."))
    .refusing(APICodes.request)

    private static let update = action(.patch, "", "updateRequest", "Change a request that waits", right: "UPDATE")
        .reading(.named("UpdateRequest"), example: ["endTime": "2099-12-31T23:59Z"])
        .refusing(APICodes.parameters)
        .refusing(APICodes.schedule)
        .refusing(APICodes.callback)
        .refusing(1018, 1019, 1020, 3001, 5007)

    private static let delete = APIOperation(
        .delete,
        request,
        "deleteRequest",
        "Delete a request that has ended, with all its children",
        answers: [.empty(204, "It is not found any longer.")]
    )
    .about("Right: ESS_REQUEST_DELETE. Only what was submitted can be deleted.")
    .taking(APIParameters.requestId, APIParameters.key)
    .refusing(APICodes.change)
    .refusing(1016, 1017)

    // MARK: - 10 to 13

    private static let cancel = action(.post, "/cancel", "cancelRequest", "Cancel", right: "CANCEL").refusing(1010)
    private static let forceCancel = action(
        .post,
        "/forceCancel",
        "forceCancelRequest",
        "End the cancel of an asynchronous request whose job never answers",
        right: "CANCEL"
    )
    .about(
        "Right: ESS_REQUEST_CANCEL. The call attests that the remote job does not run. The request must be CANCELLING "
            + "and wait for an answer, and the waiting time since the cancel or the last check-in must be over."
    )
    .refusing(1013, 1014, 1015)
    private static let hold = action(.post, "/hold", "holdRequest", "Keep from starting", right: "HOLD").refusing(1011)
    private static let release = action(.post, "/release", "releaseRequest", "Let go on", right: "RELEASE")
        .refusing(1012)

    private static func action(
        _ method: APIOperation.Method,
        _ name: String,
        _ id: String,
        _ summary: String,
        right: String
    ) -> APIOperation {
        APIOperation(
            method,
            request + name,
            id,
            summary,
            answers: [
                APIAnswer.json(200, "Done, or begun.", .named("ActionResponse"))
                    .leading(to: next[id, default: []] + ["getRequest"], requestId: samePath)
            ]
        )
        .about("Right: ESS_REQUEST_\(right).")
        .taking(APIParameters.requestId, APIParameters.key)
        .refusing(APICodes.change)
    }

    // MARK: - 14 to 19

    private static let subscribe = action(
        .post,
        "/subscribe",
        "subscribe",
        "Have the end of a request reported to an address",
        right: "UPDATE"
    )
    .reading(
        .named("CallbackSubscriptionRequest"),
        example: ["callbackUrlPrefix": "https://receiver.example.org", "callbackResourcePath": "ends"]
    )
    .refusing(APICodes.callback)
    .refusing(1020)

    private static let unsubscribe = APIOperation(
        .delete,
        request + "/subscribe",
        "unsubscribe",
        "Remove the subscription; what was not delivered is dropped",
        answers: [.empty(204, "Nobody is told.")]
    )
    .about("Right: ESS_REQUEST_UPDATE.")
    .taking(APIParameters.requestId, APIParameters.key)
    .refusing(APICodes.change)
    .refusing(1021)

    private static let permissions = APIOperation(
        .get,
        request + "/permissions",
        "getPermissions",
        "The caller's rights on a request",
        answers: [.json(200, "Each right by its name.", .named("PermissionsResponse"), as: .report)]
    )
    .about("Right: ESS_REQUEST_READ.")
    .taking(APIParameters.requestId)
    .refusing(APICodes.request)

    private static let report = action(
        .post,
        "/executionStatus",
        "reportExecutionStatus",
        "A job reports how it fares",
        right: "UPDATE, or the handle of the running invocation"
    )
    .reading(.named("ExecutionStatusRequest"), example: ["requestHandle": "1.x", "status": "SUCCESS"])
    .refusing(1022, 1052, 2005)
    .open(to: .handle)

    private static let checkIn = APIOperation(
        .post,
        request + "/checkInCancelling",
        "checkInCancelling",
        "A job asks whether it is being cancelled",
        answers: [.json(200, "Whether it is.", .flag, as: .report)]
    )
    .about("Right: ESS_REQUEST_UPDATE, or the handle of the running invocation.")
    .taking(APIParameters.requestId, APIParameters.key)
    .reading(.named("CheckInRequest"), example: ["requestExecutionContext": "1,1.x"])
    .refusing(APICodes.change)
    .refusing(1022, 1052, 2005, 5017)
    .open(to: .handleInBody)

    private static let quiesceState = APIOperation(
        .get,
        base + "/server/quiesceState",
        "getQuiesceState",
        "Whether servers start nothing",
        answers: [.json(200, "The servers.", .named("QuiesceStateResponse"), as: .report)]
    )
    .about("For administrators, operators and monitors.")
    .taking(.query("clusterName", "Of the cluster.").required().example("escapement"))
    .taking(.query("serverName", "All, unless said."))
    .refusing(2006, 3006, 3007, 5003)
}
