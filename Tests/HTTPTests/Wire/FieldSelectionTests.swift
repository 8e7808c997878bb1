import SchedulerAPI
import Testing

@Suite("Field selection")
struct FieldSelectionTests {
    private func members(
        _ fields: String?,
        excluding excluded: String? = nil,
        default standard: FieldSelection = .basic
    ) -> Set<RequestMember> {
        let selection = FieldSelection(fields: fields, excludeFields: excluded, default: standard)
        return Set(RequestMember.allCases.filter(selection.contains))
    }

    private let all = Set(RequestMember.allCases)
    private var basic: Set<RequestMember> { all.subtracting([.requestParameters]) }

    @Test("C22: a query shows requestParameters only with @full or by name")
    func groups() {
        #expect(members(nil) == basic)
        #expect(members(nil, default: .full) == all)
        #expect(members("@full") == all)
        #expect(members("@basic", default: .full) == basic)
        #expect(members("@basic,requestParameters") == all)
        #expect(members("requestParameters") == [.requestParameters])
    }

    @Test("C24: unknown names are ignored, also when nothing is left")
    func unknownNames() {
        #expect(members("requestId,nonsense", default: .full) == [.requestId])
        #expect(members("nonsense", default: .full).isEmpty)
        #expect(members("RequestId,@FULL").isEmpty)
        #expect(members(nil, excluding: "nonsense") == basic)
    }

    @Test("blanks and quotes do not matter, a blank list is none")
    func spelling() {
        #expect(members(#""requestId, state""#) == [.requestId, .state])
        #expect(members(#""requestId","state""#) == [.requestId, .state])
        #expect(members(" requestId ,,state,") == [.requestId, .state])
        for blank in ["", " ", ",", #""""#] { #expect(members(blank, default: .full) == all) }
    }

    @Test("excludeFields takes from groups, not from names that fields lists")
    func exclusion() {
        #expect(members(nil, excluding: "links,state") == basic.subtracting([.links, .state]))
        #expect(members("@full", excluding: "links") == all.subtracting([.links]))
        #expect(members("requestId,state", excluding: "state") == [.requestId, .state])
        #expect(members("@full,state", excluding: "state,links") == all.subtracting([.links]))
        #expect(members("@full", excluding: "@basic") == [.requestParameters])
        #expect(members(nil, excluding: "@full").isEmpty)
    }
}
