/// Some of the twelve actions on requests; bundles are dissolved (administration §5.2).
package struct RequestActionSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let read = RequestActionSet(rawValue: 1 << 0)
    package static let update = RequestActionSet(rawValue: 1 << 1)
    package static let hold = RequestActionSet(rawValue: 1 << 2)
    package static let release = RequestActionSet(rawValue: 1 << 3)
    package static let lock = RequestActionSet(rawValue: 1 << 4)
    package static let cancel = RequestActionSet(rawValue: 1 << 5)
    package static let delete = RequestActionSet(rawValue: 1 << 6)
    package static let purge = RequestActionSet(rawValue: 1 << 7)
    package static let outputRead = RequestActionSet(rawValue: 1 << 8)
    package static let outputCreate = RequestActionSet(rawValue: 1 << 9)
    package static let outputUpdate = RequestActionSet(rawValue: 1 << 10)
    package static let outputDelete = RequestActionSet(rawValue: 1 << 11)

    package static let operate: RequestActionSet = [.read, .hold, .release, .cancel]
    package static let admin: RequestActionSet = [.operate, .update, .lock, .delete, .purge]
    package static let output: RequestActionSet = [.outputRead, .outputCreate, .outputUpdate, .outputDelete]
    package static let everything: RequestActionSet = [.admin, .output]

    /// The union of what the actions stand for.
    package init(_ actions: some Sequence<RequestAction>) {
        self = actions.reduce(into: []) { $0.formUnion($1.members) }
    }

    /// Whether the action, or every member of the bundle, is among these.
    package func allows(_ action: RequestAction) -> Bool { isSuperset(of: action.members) }

    /// The single actions, in the order of the specification.
    package var actions: [RequestAction] {
        RequestAction.allCases.prefix(12).filter { isSuperset(of: $0.members) }
    }
}
