/// What may be done to nodes and clusters; the raw value is the last part of the path.
enum QuiesceAction: String, Sendable, CaseIterable {
    case quiesce
    case resume
}
