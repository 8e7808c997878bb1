import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Named secrets (administration §5.5).
struct SecretHandler {
    private static let nameForm = "1..\(MetadataLimits.labelBytesMax) letters, digits, _, $, - and ."

    let secrets: SecretService

    func list(_ call: Call) async throws -> Answer {
        call.answer(SecretListAnswer(secrets: try await secrets.secrets(caller: call.requireCaller())).encoded)
    }

    func secret(_ call: Call) async throws -> Answer {
        let stored = try await secrets.secret(call.path.subject, caller: call.requireCaller())
        return call.answer(SecretAnswer(stored: stored).encoded)
    }

    /// Whether the caller may do it is answered before the body is looked at.
    func put(_ call: Call) async throws -> Answer {
        let (name, caller) = (call.path.subject, try call.requireCaller())
        guard NamedSecret.isName(name) else { throw SchedulerError(5005, "name", Self.nameForm) }
        try await secrets.check(name, caller: caller)
        let body = try SecretBody(json: call.body)
        let (stored, isNew) = try await secrets.put(
            body.value.value,
            as: name,
            for: body.definitions,
            caller: caller
        )
        var answer = call.answer(SecretAnswer(stored: stored).encoded)
        answer.status = isNew ? .created : .ok
        return answer
    }

    func remove(_ call: Call) async throws -> Answer {
        try await secrets.remove(call.path.subject, caller: call.requireCaller(), call: call.idempotent)
        return Answer(status: .noContent)
    }
}
