/// The Swift jobs of a server by the class name that definitions give in `SYS_className`.
public struct SwiftJobRegistry: Sendable {
    private var types: [String: any SwiftJob.Type] = [:]
    private var callouts: [String: any SwiftCallout.Type] = [:]
    private var listeners: [String: any SwiftListener.Type] = [:]

    /// Makes a registry without jobs.
    public init() {}

    /// The built-in samples: `NoOp`, `Sleep`, `Fail`, `Remote`, `FanOut`.
    public static var samples: SwiftJobRegistry {
        var registry = SwiftJobRegistry()
        registry.register(NoOpJob.self, as: "NoOp")
        registry.register(SleepJob.self, as: "Sleep")
        registry.register(FailJob.self, as: "Fail")
        registry.register(RemoteJob.self, as: "Remote")
        registry.register(FanOutJob.self, as: "FanOut")
        return registry
    }

    /// Makes a job available; an earlier one of the name is replaced.
    ///
    /// - Parameters:
    ///   - type: of the job.
    ///   - className: case-sensitive; what `SYS_className` says.
    public mutating func register(_ type: any SwiftJob.Type, as className: String) { types[className] = type }

    /// Makes a callout available; an earlier one of the name is replaced. Jobs have names of their own.
    ///
    /// - Parameters:
    ///   - type: of the callout.
    ///   - className: case-sensitive; what `SYS_preProcess` or `SYS_postProcess` says.
    public mutating func register(callout type: any SwiftCallout.Type, as className: String) {
        callouts[className] = type
    }

    /// Makes a listener available; an earlier one of the name is replaced. Listeners have names of their own.
    ///
    /// - Parameters:
    ///   - type: of the listener.
    ///   - className: case-sensitive; what `SYS_listener` says.
    public mutating func register(listener type: any SwiftListener.Type, as className: String) {
        listeners[className] = type
    }

    func listener(_ className: String) -> (any SwiftListener.Type)? { listeners[className] }

    func callout(_ className: String) -> (any SwiftCallout.Type)? { callouts[className] }

    /// The type registered under a name; nil if there is none.
    ///
    /// - Parameter className: case-sensitive.
    public subscript(className: String) -> (any SwiftJob.Type)? { types[className] }

    /// The registered names, sorted.
    public var classNames: [String] { types.keys.sorted() }

    /// True if the job of the name has a cancel hook.
    package func hasCancelHook(_ className: String) -> Bool { types[className] is any CancellableSwiftJob.Type }
}
