package import SchedulerCore

/// Strict reader of JSON texts (RFC 8259): one pass, bounded depth, no recursion.
///
/// Every string is checked to be UTF-8 without NUL, numbers stay text, of members with one name the last counts.
package enum JSONReader {
    /// Nesting of arrays and objects that is read (administration §5.10, document bombs).
    package static let depthMax = 64
    /// Longest text that is read, in bytes: positions are kept in 32 bits.
    package static let bytesMax = Int(Int32.max) - 1

    /// The one value of a JSON text.
    ///
    /// - Throws: ESS-05001 with the position, in bytes from 1, at which the text stops being JSON; ESS-05028 with
    ///   the member whose text holds NUL or is no UTF-8.
    package static func read(_ bytes: [UInt8]) throws(SchedulerError) -> JSONValue {
        guard bytes.count <= bytesMax else { throw SchedulerError(5001, String(bytesMax + 1)) }
        var scanner = JSONScanner(bytes: bytes)
        do {
            try scanner.scan()
        } catch .malformed(let position) where JSONText.isValid(bytes, at: position) {
            throw SchedulerError(5001, String(position + 1))
        } catch {
            let member = JSONNode.path(to: scanner.nodes.count, in: scanner.nodes, of: bytes)
            throw SchedulerError(5028, member.isEmpty ? JSONValue.rootName : member)
        }
        return JSONValue(document: JSONDocument(bytes: bytes, nodes: scanner.nodes), index: 0)
    }
}
