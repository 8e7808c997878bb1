import SchedulerCore
import Testing

/// Metadata documents.
package enum CatalogueChecks {
    private static let first = "JobDefinition://acme/A"
    private static let second = "JobDefinition://acme/B"

    package static let all: [StoreCheck] = [
        StoreCheck("objects come back by id, each in its first version") { test in
            try await test.store.replaceMetadata(
                origin: "DIRECTORY",
                with: [(second, #"{"b":"😀"}"#), (first, "{}")]
            )
            let stored = try await test.store.metadata()
            let time = test.time.now()
            #expect(
                stored == [
                    .init(id: first, origin: "DIRECTORY", version: 1, document: "{}", updatedTime: time),
                    .init(id: second, origin: "DIRECTORY", version: 1, document: #"{"b":"😀"}"#, updatedTime: time),
                ]
            )
        },
        StoreCheck("what is unchanged keeps version and time, what changed gets the next, what left is gone") { test in
            try await test.store.replaceMetadata(
                origin: "DIRECTORY",
                with: [(first, "1"), (second, "1"), ("User://x", "1")]
            )
            let begun = test.time.now()
            test.time.advance(by: .seconds(1))
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [(first, "1"), (second, "2")])
            let stored = try await test.store.metadata()
            #expect(stored.map(\.id) == [first, second])
            #expect(stored.map(\.version) == [1, 2])
            #expect(stored.map(\.updatedTime) == [begun, test.time.now()])
        },
        StoreCheck("objects of other origins stay, an id of another origin is taken over") { test in
            try await test.store.replaceMetadata(origin: "BUILTIN", with: [(first, "1"), (second, "1")])
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [(second, "1")])
            #expect(try await test.store.metadata().map(\.origin) == ["BUILTIN", "DIRECTORY"])
            #expect(try await test.store.metadata().map(\.version) == [1, 1])
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [])
            #expect(try await test.store.metadata().map(\.id) == [first])
        },
        StoreCheck("one object is put beside the others") { test in
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [(first, "1")])
            try await test.store.putMetadata(id: second, origin: "API", document: "1")
            try await test.store.putMetadata(id: second, origin: "API", document: "2")
            try await test.store.putMetadata(id: second, origin: "API", document: "2")
            let stored = try await test.store.metadata()
            #expect(stored.map(\.version) == [1, 2])
            #expect(stored.map(\.origin) == ["DIRECTORY", "API"])
        },
    ]
}
