/// What is known of an executable before it runs: from its kind and parameters alone (runtime §3.1, §9).
package struct ExecutableTraits: Hashable, Sendable {
    /// Whether an accepted start leads to an asynchronous wait; nil where only the executable itself knows.
    package let isAsynchronous: Bool?
    /// Whether the executable is told of a cancel by a call of its own.
    package let hasCancelCall: Bool
    /// Targets that it, its callouts and its listener are called at, tokens still in them.
    package let outboundURLs: [String]

    /// - Parameters:
    ///   - kind: which executor runs it.
    ///   - swiftClassHasHook: whether the Swift type of a class name has a cancel hook.
    ///   - value: merged value of a parameter.
    package init(
        kind: ExecutorKind,
        swiftClassHasHook: (String) -> Bool = { _ in false },
        value: (String) -> String?
    ) {
        let cancelURL = value("SYS_EXT_httpCancelUrl").flatMap { $0.isEmpty ? nil : $0 }
        let others = Callout.allCases.map(\.property) + [EventListener.property]
        let callouts = others.compactMap(value).filter(Callout.isURL)
        let hasCancelMessage = value("SYS_EXT_cancelMessage").map { !$0.isEmpty } ?? false
        switch kind {
        case .process, .sql:
            isAsynchronous = false
            hasCancelCall = false
            outboundURLs = callouts
        case .swift:
            isAsynchronous = nil
            hasCancelCall = swiftClassHasHook(value("SYS_className") ?? "")
            outboundURLs = callouts
        case .http:
            isAsynchronous = value("SYS_EXT_httpMode") == CallMode.asynchronous.rawValue
            hasCancelCall = cancelURL != nil
            outboundURLs = [value("SYS_EXT_httpUrl"), cancelURL].compactMap { $0 } + callouts
        case .soapSynchronous, .soapAsynchronous, .soapOneway:
            isAsynchronous = kind == .soapAsynchronous
            hasCancelCall = cancelURL != nil || hasCancelMessage
            outboundURLs = [Self.webServiceURL(value), cancelURL].compactMap { $0 } + callouts
        }
    }

    /// `SYS_EXT_wsWsdlBaseUrl` and `SYS_EXT_wsWsdlUrl` with one slash between them, without query; nil without either.
    package static func webServiceURL(_ value: (String) -> String?) -> String? {
        var base = value("SYS_EXT_wsWsdlBaseUrl") ?? ""
        var path = value("SYS_EXT_wsWsdlUrl") ?? ""
        guard !base.isEmpty || !path.isEmpty else { return nil }
        if !base.isEmpty, !path.isEmpty {
            while base.hasSuffix("/") { base.removeLast() }
            if !path.hasPrefix("/") { path = "/" + path }
        }
        let kept = (base + path).unicodeScalars.prefix { $0 != "?" && $0 != "#" }
        return String(String.UnicodeScalarView(kept))
    }
}

/// How a call of a remote job ends (runtime §9.2).
package enum CallMode: String, CaseIterable, Hashable, Sendable {
    case synchronous = "sync"
    case asynchronous = "async"
    case oneway
}
