import SchedulerCore

/// Puts values into the URL of a call.
enum CallURL {
    /// The target of a template.
    ///
    /// Behind the host the values of `${ESS_REQ:…}` come from whoever submits: they are percent-encoded, so that none
    /// leaves its place in path or query. What administrators set (properties, secrets), and what makes up the host
    /// itself, is taken as it is; the policy judges the result.
    static func target(
        _ template: TokenTemplate,
        property: String,
        values: TokenValues
    ) throws -> OutboundTarget {
        var url = ""
        for part in template.parts {
            switch part {
            case .text(let text): url += text
            case .token(let token):
                let value = try values.value(of: token)
                let isSubmitted = token.source == .request && OutboundPolicy.hasWholeHost(url)
                url += isSubmitted ? try escaped(value, property: property) : value
            }
        }
        return try OutboundTarget(parsing: url)
    }

    private static func escaped(_ value: String, property: String) throws -> String {
        // Dots need no escape, but alone they climb in the path.
        guard value != ".", value != ".." else {
            throw CallSettingError("A value in \(property) is “\(value)”, which would change its path.")
        }
        return PercentEncoding.encoded(value)
    }
}
