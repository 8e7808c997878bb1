/// The query parameter `links`: which links of a request are wanted (REST §5.5).
package struct LinkFilter: Hashable, Sendable {
    package let relations: Set<LinkRelation>

    package static let all = LinkFilter(relations: Set(LinkRelation.allCases))

    package init(relations: Set<LinkRelation>) { self.relations = relations }

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
