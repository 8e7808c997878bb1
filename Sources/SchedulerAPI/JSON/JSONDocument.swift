/// A parsed JSON text: its bytes, and one node for each value and member name in the order of the text.
///
/// One allocation holds all nodes, and text becomes a string only where somebody asks for it: a tree of enums with
/// strings inside takes several times as long to build and to free.
final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]

    init(bytes: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.nodes = nodes
    }
}
