/// A parameter as a caller sends it (REST §3.1).
package struct SubmittedParameter: Hashable, Sendable {
    package var name: String
    /// Nil: the declared type.
    package var type: ParameterType?
    package var value: String?
    /// Dotted step path; nil = all steps.
    package var scope: String?

    package init(name: String, type: ParameterType? = nil, value: String? = nil, scope: String? = nil) {
        self.name = name
        self.type = type
        self.value = value
        self.scope = scope
    }
}

/// Members of a submit body that each stand for one system property, above a parameter of its name (REST §3.2).
package struct SubmittedProperties: Hashable, Sendable {
    package var priority: Int64?
    package var retries: Int64?
    /// Minutes.
    package var requestTimeout: Int64?
    package var product: String?
    package var requestCategory: String?
    package var requestLogLevel: String?
    package var executePast: Bool?

    package init(
        priority: Int64? = nil,
        retries: Int64? = nil,
        requestTimeout: Int64? = nil,
        product: String? = nil,
        requestCategory: String? = nil,
        requestLogLevel: String? = nil,
        executePast: Bool? = nil
    ) {
        self.priority = priority
        self.retries = retries
        self.requestTimeout = requestTimeout
        self.product = product
        self.requestCategory = requestCategory
        self.requestLogLevel = requestLogLevel
        self.executePast = executePast
    }

    /// Those that are given, by the name of the member, which errors show, and of the property.
    var given: [(member: String, property: String, value: String)] {
        let all: [(String, String, String?)] = [
            ("priority", "SYS_priority", priority.map { String($0) }),
            ("retries", "SYS_retries", retries.map { String($0) }),
            ("requestTimeout", "SYS_request_timeout", requestTimeout.map { String($0) }),
            ("product", "SYS_product", product),
            ("requestCategory", "SYS_requestCategory", requestCategory),
            ("requestLogLevel", "SYS_EXT_requestLogLevel", requestLogLevel),
            ("executePast", "SYS_executePast", executePast.map { String($0) }),
        ]
        return all.compactMap { member, property, value in value.map { (member, property, $0) } }
    }
}
