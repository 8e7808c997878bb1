import SchedulerCore

/// The properties of a remote job that hold no token: read before anything is resolved (runtime §4, §9.2).
struct CallSettings: Hashable {
    /// Longest value of `SYS_EXT_httpTimeout`.
    static let timeoutMax: Duration = .seconds(7 * 24 * 3600)
    private static let methodBytes = 20

    let mode: CallMode
    let isSOAP: Bool
    /// Upper case.
    let method: String
    /// nil: the configured limit.
    let timeout: Duration?

    init(_ invocation: Invocation) throws(CallSettingError) {
        mode = try Self.mode(invocation)
        isSOAP = invocation.request.facts.executor != .http
        method = try isSOAP ? "POST" : Self.method(invocation.value("SYS_EXT_httpMethod"))
        timeout = try Self.timeout(invocation.value("SYS_EXT_httpTimeout"))
    }

    private static func mode(_ invocation: Invocation) throws(CallSettingError) -> CallMode {
        switch invocation.request.facts.executor {
        case .soapSynchronous: return .synchronous
        case .soapAsynchronous: return .asynchronous
        case .soapOneway: return .oneway
        case .http, .process, .sql, .swift, nil: break
        }
        let text = invocation.value("SYS_EXT_httpMode") ?? ""
        guard let mode = text.isEmpty ? .synchronous : CallMode(rawValue: text) else {
            throw CallSettingError("SYS_EXT_httpMode is none of sync, async, oneway.")
        }
        return mode
    }

    private static func method(_ value: String?) throws(CallSettingError) -> String {
        guard let value, !value.isEmpty else { return "POST" }
        let method = value.uppercased()
        // These two make a tunnel or echo what was sent: no job needs them.
        guard method.utf8.count <= methodBytes, method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            method != "CONNECT", method != "TRACE"
        else { throw CallSettingError("SYS_EXT_httpMethod is no method that can be used.") }
        return method
    }

    private static func timeout(_ value: String?) throws(CallSettingError) -> Duration? {
        guard let value, !value.isEmpty else { return nil }
        guard let seconds = Double(value), seconds > 0, seconds <= Double(timeoutMax.components.seconds) else {
            throw CallSettingError("SYS_EXT_httpTimeout is no number of seconds between 0 and a week.")
        }
        return .seconds(seconds)
    }
}
