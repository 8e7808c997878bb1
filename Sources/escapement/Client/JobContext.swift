import SchedulerAPI
import SchedulerCore

/// What a running job knows of itself: the server to call, and the handle that stands for a sign-in there.
struct JobContext: Sendable {
    private static let basePath = "/ess/rest/scheduler/v1"

    let server: WebAddress
    let context: RequestExecutionContext

    /// - Throws: `ClientFailure` with exit 78 where the environment is not that of a job.
    init(_ environment: [String: String]) throws(ClientFailure) {
        guard let base = environment["ESS_BASE_URL"], let context = environment["ESS_REQUEST_CONTEXT"] else {
            throw Self.fault("--sub-request works in a running job, where ESS_BASE_URL and ESS_REQUEST_CONTEXT are set")
        }
        guard base.hasSuffix(Self.basePath) else { throw Self.fault("ESS_BASE_URL does not end in \(Self.basePath)") }
        do throws(WebAddressError) {
            server = try WebAddress(parsing: String(base.dropLast(Self.basePath.count)))
        } catch {
            throw Self.fault("ESS_BASE_URL \(error)")
        }
        do throws(SchedulerError) {
            self.context = try RequestExecutionContext(parsing: context)
        } catch {
            throw Self.fault("ESS_REQUEST_CONTEXT is not the id of a request, a comma and its handle")
        }
    }

    private static func fault(_ message: String) -> ClientFailure {
        ClientFailure(exit: .configuration, message: message)
    }
}
