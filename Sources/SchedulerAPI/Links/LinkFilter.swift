/// The query parameter `links`: which links of a request are wanted (REST §5.5).
package struct LinkFilter: Hashable, Sendable {
    /// One bit for each relation: sets hash at every look.
    private let bits: UInt16

    package static let all = LinkFilter(relations: Set(LinkRelation.allCases))

    package init(relations: Set<LinkRelation>) { bits = relations.reduce(0) { $0 | $1.bit } }

    package func contains(_ relation: LinkRelation) -> Bool { bits & relation.bit != 0 }

    /// A comma list of relations in any case, unknown ones ignored; absent or blank: all.
    package init(query: String?) {
        let names = QueryList.items(query)
        guard !names.isEmpty else {
            self = .all
            return
        }
        self.init(relations: Set(names.compactMap { Self.byName[$0.lowercased()] }))
    }

    private static let byName: [String: LinkRelation] = Dictionary(
        uniqueKeysWithValues: LinkRelation.allCases.map { ($0.rawValue.lowercased(), $0) }
    )
}

extension LinkRelation {
    fileprivate var bit: UInt16 {
        switch self {
        case .itself: 1
        case .parentRequest: 1 << 1
        case .absParentRequest: 1 << 2
        case .instanceParent: 1 << 3
        case .cancel: 1 << 4
        case .forceCancel: 1 << 5
        case .hold: 1 << 6
        case .release: 1 << 7
        case .subscribe: 1 << 8
        case .permissions: 1 << 9
        case .executionStatus: 1 << 10
        }
    }
}
