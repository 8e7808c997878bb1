/// A member name with its quotes and colon, encoded once. Names are our own: plain ASCII without escapes.
package struct JSONName: Hashable, Sendable, ExpressibleByStringLiteral {
    let encoded: [UInt8]

    package init(_ name: String) { encoded = Array("\"\(name)\":".utf8) }

    package init(stringLiteral name: String) { self.init(name) }
}
