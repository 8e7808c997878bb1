import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Why a request waits (administration §6.1).
struct DiagnosisHandler {
    let diagnoses: DiagnosisService

    func diagnosis(_ call: Call) async throws -> Answer {
        let diagnosis = try await diagnoses.diagnosis(of: call.path.requestID(), caller: call.requireCaller())
        return call.answer(DiagnosisAnswer(diagnosis: diagnosis).encoded)
    }
}
