/// Which members of requests an answer shows: the query parameters `fields` and `excludeFields` (REST §5.2).
package struct FieldSelection: Hashable, Sendable {
    /// One bit for each member, in the members' order.
    private var bits: UInt128

    /// Every member, the default of GET one.
    package static let full = FieldSelection(bits: (1 << UInt128(RequestMember.ordered.count)) - 1)
    /// All but the parameters, the default of queries.
    package static let basic = full.subtracting(FieldSelection([.requestParameters]))

    package init(_ members: Set<RequestMember>) {
        bits = 0
        for (position, member) in RequestMember.ordered.enumerated() where members.contains(member) {
            bits |= 1 << UInt128(position)
        }
    }

    /// Comma lists of names, `@full` and `@basic`, blanks and double quotes round a name or the list ignored, unknown
    /// names too. What is excluded is taken from the groups, not from members that `fields` names.
    /// `standard` is the selection where `fields` is absent or blank.
    package init(fields: String?, excludeFields: String?, default standard: FieldSelection) {
        let wanted = Items(fields)
        let unwanted = Items(excludeFields)
        let base = wanted.isBlank ? standard : wanted.groups
        self.init(bits: base.subtracting(unwanted.groups).subtracting(unwanted.named).bits | wanted.named.bits)
    }

    package func contains(_ member: RequestMember) -> Bool {
        RequestMember.positions[member.rawValue].map(contains(position:)) ?? false
    }

    private func contains(position: Int) -> Bool { bits >> UInt128(position) & 1 == 1 }

    /// Calls `body` with each selected member and its position, in ASCII order.
    func forEach(_ body: (RequestMember, Int) -> Void) {
        var rest = bits
        while rest != 0 {
            let position = rest.trailingZeroBitCount
            body(RequestMember.ordered[position], position)
            rest &= rest - 1
        }
    }

    private init(bits: UInt128) { self.bits = bits }

    private func subtracting(_ other: FieldSelection) -> FieldSelection { FieldSelection(bits: bits & ~other.bits) }

    /// One of the two query parameters, taken apart.
    private struct Items {
        let isBlank: Bool
        var groups = FieldSelection(bits: 0)
        var named = FieldSelection(bits: 0)

        init(_ text: String?) {
            let items = QueryList.items(text)
            isBlank = items.isEmpty
            for item in items {
                switch item {
                case "@full": groups.bits |= FieldSelection.full.bits
                case "@basic": groups.bits |= FieldSelection.basic.bits
                default:
                    if let position = RequestMember.positions[String(item)] { named.bits |= 1 << UInt128(position) }
                }
            }
        }
    }
}
