import SchedulerCore
import Testing

@Suite("C32 orderBy")
struct SortOrderTests {
    @Test(
        "C32 Field and direction, of which only the first counts",
        arguments: [
            ("state", .init(.state, .ascending)),
            ("state:asc", .init(.state, .ascending)),
            ("state:desc", .init(.state, .descending)),
            ("state:DESC", .init(.state, .descending)),
            (" state : desc ", .init(.state, .descending)),
            ("state:desc,requestId:asc", .init(.state, .descending)),
            ("state, requestId", .init(.state, .ascending)),
            ("state,nonsense:up", .init(.state, .ascending)),
            ("state,", .init(.state, .ascending)),
        ] as [(String, RequestSortOrder)]
    )
    func onlyTheFirstCounts(text: String, order: RequestSortOrder) throws {
        #expect(try RequestSortOrder(parsing: text) == order)
    }

    @Test(
        "C32 Unknown field → ESS-05014, unknown direction → ESS-05015",
        arguments: [
            ("nonsense", SchedulerError(5014, "nonsense")), ("STATE", SchedulerError(5014, "STATE")),
            ("", SchedulerError(5014, "")), (",state", SchedulerError(5014, "")), (":desc", SchedulerError(5014, "")),
            ("state desc", SchedulerError(5014, "state desc")), ("cause:up", SchedulerError(5014, "cause")),
            ("state:", SchedulerError(5015, "")), ("state:up", SchedulerError(5015, "up")),
            ("state:asc:desc", SchedulerError(5015, "asc:desc")),
            ("state:a\u{17F}c", SchedulerError(5015, "a\u{17F}c")),
            ("state\u{301}", SchedulerError(5014, "state\u{301}")),
            (
                String(repeating: "x", count: 101),
                SchedulerError(5014, String(repeating: "x", count: 100) + "…")
            ),
        ]
    )
    func refused(text: String, error: SchedulerError) {
        #expect(throws: error) { try RequestSortOrder(parsing: text) }
    }

    @Test("C32 Absent values come last in either direction, equal ones are left to the id")
    func absentLast() {
        let values: [FilterValue?] = [.text("b"), nil, .text("a"), .text("c"), nil]
        for (direction, expected) in [
            (RequestSortOrder.Direction.ascending, ["a", "b", "c", nil, nil]),
            (.descending, ["c", "b", "a", nil, nil]),
        ] {
            let order = RequestSortOrder(.product, direction)
            let sorted = values.sorted { order.precedes($0, $1) ?? false }
            #expect(sorted == expected.map { $0.map(FilterValue.text) })
            #expect(order.precedes(nil, nil) == nil)
            #expect(order.precedes(.text("a"), .text("a")) == nil)
        }
    }

    @Test("Without orderBy requests come by ascending requestId")
    func standardOrder() {
        #expect(RequestSortOrder.standard == RequestSortOrder(.requestID, .ascending))
    }
}
