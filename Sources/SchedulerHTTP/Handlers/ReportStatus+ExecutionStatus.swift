import SchedulerAPI
import SchedulerCore

extension ReportStatus {
    init(_ status: ExecutionStatus) {
        switch status {
        case .success: self = .success
        case .warning: self = .warning
        case .error: self = .error
        case .businessError: self = .businessError
        case .cancel: self = .cancel
        case .pause: self = .pause
        case .suspend: self = .suspend
        case .update: self = .update
        }
    }
}
