import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreTesting
import Testing

/// Texts that PostgreSQL's own type cannot hold, and what filters make of them.
@Suite("PostgreSQL texts", .timeLimit(.minutes(1)))
struct StoredTextTests {
    /// Texts of the letters that are written otherwise than they are, with neighbours.
    private static let texts: [String] = {
        let letters = ["\u{0}", "\u{1}", "\u{2}", "\u{3}", "\u{4}", "a", "\u{E9}"]
        let pairs = letters.flatMap { first in letters.map { first + $0 } }
        return ["", "\u{1}\u{2}\u{2}", "\u{2}\u{3}\u{1}"] + letters + pairs
    }()

    @Test("every text comes back, in its order, and is found by what it holds, begins and ends with")
    func searched() async throws {
        let time = ManualTime()
        try await Stores.withPostgres(time: time) { store in
            let model = MemoryStore(time: time)
            for text in Self.texts {
                var submission = StoreSamples.submission()
                submission.facts.product = text
                let stored = try await store.submit(submission, audit: nil)
                #expect(try await store.request(stored.id)?.request.facts.product == text)
                _ = try await model.submit(submission, audit: nil)
            }
            var query = RequestQuery(limit: 100)
            for operation in FilterOperator.allCases {
                for text in Self.texts {
                    query.filter = .comparison(.product, operation, .text(text))
                    let expected = try await model.requests(query).map(\.request.id)
                    #expect(try await store.requests(query).map(\.request.id) == expected, "\(operation) \(text)")
                }
            }
            query.filter = nil
            query.order = RequestSortOrder(.product)
            #expect(try await store.requests(query) == model.requests(query))
        }
    }
}
