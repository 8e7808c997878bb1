import Documents
import HTTPTypes
import Logging
import SchedulerAPI
import SchedulerCore

/// Turns whatever went wrong into the one error body (REST §2.3).
struct ErrorAnswer {
    let publicURL: String
    let type: SchedulerAPI.MediaType
    /// Trace id of the call, by which its log lines are found.
    let trace: String

    /// The refusal as callers see it. What nobody foresaw becomes ESS-00001 and is logged.
    func answer(to error: any Error, logger: Logger) -> Answer {
        switch error {
        case let error as SchedulerError: return answer(error)
        case let refusal as MetadataRefusal:
            return answer(refusal.error, places: refusal.problems.map { ErrorPlace($0) })
        case let refusal as Refusal: return answer(refusal.error, fields: refusal.fields)
        case let fault as StoreFault:
            logger.error("Store fault", metadata: ["error": "\(fault)", "ecid": "\(trace)"])
            return answer(fault.schedulerError)
        case is CancellationError:
            logger.debug("Call abandoned", metadata: ["ecid": "\(trace)"])
            return answer(SchedulerError(1, "The call was abandoned"))
        default:
            logger.error("Unexpected error", metadata: ["error": "\(error)", "ecid": "\(trace)"])
            return answer(SchedulerError(1, "The server's log tells more under \(trace)"))
        }
    }

    private func answer(_ error: SchedulerError, fields: HTTPFields = [:], places: [ErrorPlace] = []) -> Answer {
        let detail = SimpleExceptionDetail(error, publicURL: publicURL, errors: places)
        var answer = Answer(
            status: HTTPResponse.Status(code: error.status),
            contentType: type.errorContentType,
            bytes: detail.encoded
        )
        answer.fields.append(contentsOf: fields)
        switch error.status {
        case 401: answer.fields[values: .wwwAuthenticate] = Self.challenges
        case 429, 503:
            if answer.fields[.retryAfter] == nil {
                answer.fields[.retryAfter] = String(HTTPLimits.retryAfterUnavailable)
            }
        default: break
        }
        return answer
    }

    /// A field each: Chromium takes a list for one challenge, in which `Bearer` is a flaw, and asks for no password.
    static let challenges = [#"Basic realm="escapement""#, "Bearer"]
}

extension ErrorPlace {
    init(_ problem: DocumentProblem) {
        self.init(
            file: problem.file.isEmpty ? nil : problem.file,
            line: problem.line > 0 ? problem.line : nil,
            path: problem.path,
            message: problem.message
        )
    }
}
