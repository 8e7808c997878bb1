import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Runs of the purge under `/api/v1/purge` (administration §6.5).
struct PurgeHandler {
    let purge: PurgeService?

    /// 202: the leader does the work.
    func run(_ call: Call) async throws -> Answer {
        let caller = try call.requireCaller()
        let body = try PurgeRunBody(json: call.body)
        let wish: PurgeService.Wish =
            body.policy.map { .policy($0, isDryRun: body.isDryRun) }
            ?? .order(PurgeOrder(criteria: body.criteria, retention: body.retention, isDryRun: body.isDryRun))
        let run = try await service(call).begin(wish, caller: caller, call: call.idempotent)
        var answer = call.answer(PurgeRunAnswer(run: run).encoded)
        answer.status = .accepted
        return answer
    }

    func runs(_ call: Call) async throws -> Answer {
        let limit = try call.query.integer("limit", in: 1...Int64(PurgeLimits.runsListed))
        let runs = try await service(call).runs(
            limit: Int(limit ?? Int64(HTTPLimits.purgeRunsStandard)),
            caller: call.requireCaller()
        )
        return call.answer(PurgeRunListAnswer(runs: runs).encoded)
    }

    private func service(_ call: Call) throws -> PurgeService {
        guard let purge else { throw SchedulerError(5020, call.request.uri.path) }
        return purge
    }
}
