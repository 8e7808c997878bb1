import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// What nodes work on, and for which assignments (administration §4).
struct WorkloadHandler {
    let workload: WorkloadService
    let metadata: MetadataService

    func status(_ call: Call) async throws -> Answer {
        call.answer(WorkloadAnswer(status: try await workload.status(caller: call.requireCaller())).encoded)
    }

    func test(_ call: Call) async throws -> Answer {
        let caller = try call.requireCaller()
        let body = try WorkloadTestBody(json: call.body, userName: caller.principal.userName)
        let test: WorkloadTest
        if let id = body.requestID {
            test = try await workload.test(id, at: body.instant, caller: caller)
        } else if let facts = body.facts {
            test = try await workload.test(facts, at: body.instant, caller: caller)
        } else {
            throw SchedulerError(5003, "jobDefinitionId")
        }
        return call.answer(WorkloadTestAnswer(test: test).encoded)
    }

    func binding(_ call: Call) async throws -> Answer {
        let caller = try call.requireCaller()
        let (node, id) = try call.path.binding()
        var precondition = MetadataPrecondition.none
        if let tags = call.request.headers[.ifMatch] { precondition = EntityTag.precondition(ifMatch: tags) }
        guard call.request.method == .put else {
            try await metadata.unbind(id, from: node, precondition, caller: caller, call: call.idempotent)
            return Answer(status: .noContent)
        }
        let body = try BindingBody(json: call.body)
        let binding = WorkBinding(node: node, scope: body.scope, isEnabled: body.isEnabled)
        let (object, isNew) = try await metadata.bind(id, binding, precondition, caller: caller)
        var answer = call.answer(Self.encoded(binding, of: object.id))
        answer.status = isNew ? .created : .ok
        answer.fields[.eTag] = EntityTag(version: object.version).text
        return answer
    }

    private static func encoded(_ binding: WorkBinding, of id: MetadataObjectID) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.member("enabled", binding.isEnabled)
        writer.member("node", binding.node)
        writer.member("scope", binding.scope.rawValue)
        writer.member("workAssignment", id.description)
        writer.endObject()
        return writer.bytes
    }
}

extension RequestPath {
    /// Node and assignment that a path below `workload/bindings` names; slashes may be repeated in it, as in ids.
    ///
    /// - Throws: ESS-05003, 03002, 03003.
    func binding() throws(SchedulerError) -> (node: String, assignment: MetadataObjectID) {
        let words = segments.dropFirst(4).map { $0 ?? "" }
        guard let node = words.first, !node.isEmpty else { throw SchedulerError(5003, "node") }
        let path = words.dropFirst().filter { !$0.isEmpty }.joined(separator: "/")
        return (node, try MetadataObjectID(parsing: "/\(path)", only: .workAssignment))
    }
}
