import SchedulerCore

/// A sub-request as a Swift job submits it.
public struct SwiftSubRequest: Hashable, Sendable {
    /// Id of the job definition, `JobDefinition://acme/gl/PostLedger` or shorter; job sets are refused.
    public var definition: String
    /// Shown with the request.
    public var description: String?
    /// Parameters in order; of those with equal names the last one counts.
    public var parameters: [SwiftJobParameter]
    /// 0 to 9; nil: that of the definition, else of this request.
    public var priority: Int?
    /// Retries after SYSTEM errors; nil: those of the definition.
    public var retries: Int?

    /// - Parameters:
    ///   - definition: id of the job definition.
    ///   - parameters: values for it; one that it does not declare is a STRING.
    ///   - description: shown with the request.
    ///   - priority: 0 to 9.
    ///   - retries: after SYSTEM errors.
    public init(
        _ definition: String,
        parameters: [SwiftJobParameter] = [],
        description: String? = nil,
        priority: Int? = nil,
        retries: Int? = nil
    ) {
        self.definition = definition
        self.parameters = parameters
        self.description = description
        self.priority = priority
        self.retries = retries
    }

    var order: SubRequestOrder {
        var order = SubRequestOrder(definition: definition)
        order.description = description
        order.parameters = parameters.map { SubmittedParameter(name: $0.name, value: $0.value) }
        order.properties.priority = priority.map { Int64($0) }
        order.properties.retries = retries.map { Int64($0) }
        return order
    }
}

/// How a sub-request ended.
public struct SwiftSubRequestEnd: Hashable, Sendable {
    /// Number of the sub-request.
    public let requestID: Int64
    /// Its state as the REST API names it: `SUCCEEDED`, `WARNING`, `ERROR`, `CANCELLED`, …
    public let state: String
}

/// A sub-request was not taken.
public struct SubRequestRefused: Error, Hashable, Sendable, CustomStringConvertible {
    /// As the REST API would answer: `ESS-03001`.
    public let code: String
    /// What is wrong, in English.
    public let message: String

    init(_ error: SchedulerError) {
        code = error.code.description
        message = ErrorCatalogue.entry(for: error.code)?.message(error.arguments) ?? ""
    }

    /// Code and message.
    public var description: String { "\(code): \(message)" }
}
