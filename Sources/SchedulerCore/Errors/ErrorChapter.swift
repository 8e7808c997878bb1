/// The order in which people are shown the error catalogue: what belongs together, under a heading.
package struct ErrorChapter: Sendable {
    package let title: String
    private let numbers: [ClosedRange<Int>]

    private init(_ title: String, _ numbers: ClosedRange<Int>...) {
        self.title = title
        self.numbers = numbers
    }

    /// The codes of the chapter, ascending.
    package var entries: [ErrorCatalogueEntry] {
        ErrorCatalogue.all.filter { entry in numbers.contains { $0.contains(entry.code.number) } }
    }

    /// All chapters; each code is in one of them.
    package static let all: [ErrorChapter] = [
        ErrorChapter("The server", 0...999, 6000...6999),
        ErrorChapter("Requests and what is done with them", 1000...1999),
        ErrorChapter("Who may", 2000...2999),
        ErrorChapter("Names of metadata", 3000...3999, 11_000...11_999),
        ErrorChapter("Schedules", 4000...4999),
        ErrorChapter("Bodies, queries and HTTP", 5000...5999),
        ErrorChapter("Administration", 30_000...32_999),
    ]
}
