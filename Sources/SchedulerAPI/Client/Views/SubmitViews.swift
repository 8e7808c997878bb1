package import SchedulerCore

/// Answer to a submit (REST §5.3).
package struct SubmittedView: AnswerView {
    package let json: JSONValue
    package let requestId: RequestID

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard let id = json.requestID("id") ?? json.requestID("requestId") else {
            throw .unreadable("to the submission holds no request id")
        }
        requestId = id
    }

    package var links: [Link] { json.links() }
}

/// Answer to submitArgs (REST §5.4): what a submit takes.
package struct SubmitArgumentsView: AnswerView {
    package let json: JSONValue

    package init(_ json: JSONValue) { self.json = json }

    package var application: String? { json.text("application") }
    package var requestParameters: [RequestParameterBody] {
        json.list("requestParameters").compactMap(RequestParameterBody.init(answer:))
    }
}

/// Answer that holds links alone: of the root, and of actions (REST §2.4, §5.1).
package struct LinksView: AnswerView {
    package let json: JSONValue

    package init(_ json: JSONValue) { self.json = json }

    package var links: [Link] { json.links() }
}
