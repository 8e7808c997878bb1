/// A member name with its quotes and colon, encoded once. Names are our own: plain ASCII without escapes.
package struct JSONName: Hashable, Sendable, ExpressibleByStringLiteral {
    /// With the comma that stands before all members but the first.
    let encoded: [UInt8]

    package init(_ name: String) {
        var encoded = Array(",\"".utf8)
        encoded.append(contentsOf: name.utf8)
        encoded.append(contentsOf: "\":".utf8)
        self.encoded = encoded
    }

    package init(stringLiteral name: String) { self.init(name) }
}
