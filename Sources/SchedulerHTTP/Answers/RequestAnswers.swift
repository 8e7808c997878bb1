import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Answers that are about one request and made of where it stands: the same whenever they are given.
extension Call {
    /// What cancel, PATCH, reports and the like are answered (REST §2.4).
    func links(of lineage: RequestLineage) -> Answer {
        answer(ActionAnswer(lineage: lineage).encoded(by: links))
    }

    /// What a submit is answered (REST §5.3).
    func submitted(_ lineage: RequestLineage) -> Answer {
        var answer = answer(SubmitAnswer(lineage: lineage).encoded(by: links))
        answer.status = .created
        answer.fields[.location] = links.href(of: lineage.requestId)
        return answer
    }

    /// What a check-in is answered (REST §5.10).
    func checkedIn(isCancelling: Bool) -> Answer {
        var writer = JSONWriter(capacity: 8)
        writer.value(isCancelling)
        return answer(writer.bytes, as: .report)
    }

    /// What the first call was answered, once more (REST §2.6).
    func repeated(_ recorded: RecordedAnswer, of route: Route) -> Answer {
        switch recorded {
        case .done: Answer(status: .noContent)
        case .message(let message): Answer(message)
        case .request(let request): repeated(request, of: route)
        }
    }

    private func repeated(_ recorded: AnsweredRequest, of route: Route) -> Answer {
        let lineage = RequestLineage(recorded)
        return switch route {
        case .requests: submitted(lineage)
        case .checkInCancelling: checkedIn(isCancelling: recorded.isCancelling)
        case _ where request.method == .delete: Answer(status: .noContent)
        default: links(of: lineage)
        }
    }
}

extension Answer {
    init(_ message: RecordedMessage) {
        self.init(status: HTTPResponse.Status(code: message.status), bytes: message.body)
        for field in message.fields {
            if let name = HTTPField.Name(field.name) { fields[name] = field.value }
        }
    }

    var recorded: RecordedMessage {
        RecordedMessage(
            status: status.code,
            fields: fields.map { RecordedMessage.Field(name: $0.name.rawName, value: $0.value) },
            body: bytes
        )
    }
}

extension RequestLineage {
    init(_ recorded: AnsweredRequest) {
        self.init(
            requestId: recorded.id,
            parentRequestId: recorded.parentID,
            absParentRequestId: recorded.absParentID,
            instanceParentId: recorded.instanceParentID == Lineage.noInstanceParent ? nil : recorded.instanceParentID
        )
    }
}
