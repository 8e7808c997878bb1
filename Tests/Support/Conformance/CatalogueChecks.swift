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
            #expect(try await put(second, "1", in: test))
            #expect(try await put(second, "2", in: test))
            #expect(try await !put(second, "2", in: test))
            let stored = try await test.store.metadata()
            #expect(stored.map(\.version) == [1, 2])
            #expect(stored.map(\.origin) == ["DIRECTORY", "API"])
        },
        StoreCheck("what shall only be created is left alone where it is, whoever put it there") { test in
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [(first, "1")])
            let created = try await test.store.putMetadata(
                [(second, "1"), (first, "2")],
                origin: "API",
                unlessPresent: true
            )
            #expect(created == [second])
            let stored = try await test.store.metadata()
            #expect(stored.map(\.document) == ["1", "1"])
            #expect(stored.map(\.origin) == ["DIRECTORY", "API"])
            #expect(try await !put(first, "3", unlessPresent: true, in: test))
        },
        StoreCheck("of many that create an object at once, one does") { test in
            let created = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask { try await put(first, "\(number)", unlessPresent: true, in: test) ? 1 : 0 }
                }
                return try await group.reduce(0, +)
            }
            #expect(created == 1)
            #expect(try await test.store.metadata().map(\.version) == [1])
        },
        StoreCheck("the revision grows with each change, and with nothing else") { test in
            var last = try await test.store.metadataRevision()
            func hasGrown() async throws -> Bool {
                let revision = try await test.store.metadataRevision()
                defer { last = revision }
                return revision > last
            }
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [(first, "1")])
            #expect(try await hasGrown())
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [(first, "1")])
            _ = try await put(first, "2", unlessPresent: true, in: test)
            try await test.submit()
            #expect(try await !hasGrown())
            _ = try await put(second, "1", unlessPresent: true, in: test)
            #expect(try await hasGrown())
            _ = try await put(second, "2", in: test)
            #expect(try await hasGrown())
            // Only the origin changes.
            try await test.store.replaceMetadata(origin: "IMPORT", with: [(second, "2")])
            #expect(try await hasGrown())
            try await test.store.replaceMetadata(origin: "DIRECTORY", with: [])
            #expect(try await hasGrown())
        },
        StoreCheck("a fact of the installation is what the first to establish it said") { test in
            let found = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<8 {
                    group.addTask { try await test.store.establish(.identity, "node \(number)") }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(found.count == 1)
            #expect(try await test.store.establish(.identity, "other") == found.first)
            #expect(try await test.store.establish(.keyFingerprint, "print") == "print")
        },
    ]

    private static func put(
        _ id: String,
        _ document: String,
        unlessPresent isNewOnly: Bool = false,
        in test: StoreUnderTest
    ) async throws -> Bool {
        try await test.store.putMetadata(id: id, origin: "API", document: document, unlessPresent: isNewOnly)
    }
}
