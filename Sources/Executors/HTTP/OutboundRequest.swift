package import SchedulerCore

/// One HTTP request to a target outside.
package struct OutboundRequest: Hashable, Sendable {
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: String
    package var target: OutboundTarget
    /// In the order they are sent.
    package var headers: [Header]
    /// nil: no body.
    package var body: [UInt8]?

    package init(method: String, target: OutboundTarget, headers: [Header] = [], body: [UInt8]? = nil) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}
