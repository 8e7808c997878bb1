package import SchedulerCore

extension JobRequest {
    /// The request but for what a refused call by a dead handle leaves on it: nothing that anybody is shown.
    package var exceptLateCalls: JobRequest {
        var request = self
        request.revision -= Int64(lateCalls)
        request.lateCalls = 0
        return request
    }
}
