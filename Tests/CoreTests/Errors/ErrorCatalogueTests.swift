import Testing

@testable import SchedulerCore

@Suite("Error catalogue")
struct ErrorCatalogueTests {
    @Test("every code of the specifications has its status and its message, and there is no other")
    func catalogueIsTheSpecifiedTable() {
        let specified = SpecifiedErrors.api + SpecifiedErrors.runtime
        #expect(specified.count == 88)
        for line in specified {
            let entry = ErrorCatalogue.entry(for: ErrorCode(line.code))
            #expect(entry?.status == line.status, "\(line.code)")
            #expect(entry?.template == line.template, "\(line.code)")
        }
        for (code, status) in SpecifiedErrors.administration {
            #expect(ErrorCatalogue.entry(for: ErrorCode(code))?.status == status, "\(code)")
        }
        let codes = Set(specified.map(\.code)).union(SpecifiedErrors.administration.keys)
        #expect(Set(ErrorCatalogue.all.map(\.code.number)) == codes)
        #expect(ErrorCatalogue.all.count == codes.count)
    }

    @Test("placeholders are numbered from 0 without gap, one for each named argument", arguments: ErrorCatalogue.all)
    func placeholdersMatchArguments(entry: ErrorCatalogueEntry) {
        let placeholders = ErrorTemplate.placeholders(of: entry.template)
        #expect(Set(placeholders).sorted() == Array(entry.argumentNames.indices))
        #expect(placeholders.count == entry.argumentNames.count)
    }

    @Test("each cause and remedy is a sentence, each template is without its full stop", arguments: ErrorCatalogue.all)
    func textsAreSentences(entry: ErrorCatalogueEntry) {
        for text in [entry.cause, entry.remedy] {
            #expect(text.hasSuffix("."))
            #expect(text.first?.isUppercase == true)
        }
        #expect(entry.cause != entry.remedy)
        #expect(!entry.template.hasSuffix("."))
        #expect(!entry.meaning.contains("{"))
        #expect(!entry.meaning.contains(ErrorTemplate.missingArgument))
    }

    @Test("detail is code, message and one full stop")
    func detailOfTheExample() {
        let error = SchedulerError(1015, "300012", "2027-03-01T09:55:30.250Z")
        #expect(
            error.detail
                == "ESS-01015: Request 300012 is CANCELLING; forceCancel is allowed from 2027-03-01T09:55:30.250Z on."
        )
        #expect(error.status == 400)
        #expect(error.title == "Unsupported state for operation")
        #expect(SchedulerError(1, "").detail == "ESS-00001: Internal error.")
        #expect(SchedulerError(500, "disk full.").detail == "ESS-00500: The scheduling sub-system failed: disk full.")
    }

    @Test("C17: texts that callers look for are in the messages of unknown names")
    func textsThatCallersLookFor() {
        let found = { (code: ErrorCode, text: String) in
            SchedulerError(code, "x").detail.lowercased().contains(text)
        }
        #expect(found(3001, "not found"))
        #expect(found(3003, "invalid metadata object type"))
        #expect(found(3002, "while parsing the metadata object id string"))
    }

    @Test(
        "titles follow the status, and for 400 the code",
        arguments: [
            (1010, "Unsupported state for operation"), (1019, "Unsupported state for operation"),
            (1023, "Unsupported state for operation"), (1024, "Invalid input"),
            (1025, "Unsupported state for operation"), (1029, "Unsupported state for operation"),
            (2, "Invalid input"), (2007, "Invalid input"), (5003, "Invalid input"), (11003, "Invalid input"),
            (1001, "Request ID not found"), (1021, "Not found"), (3001, "Not found"), (5020, "Not found"),
            (2001, "Unauthorized"), (2003, "Not authorized"), (31004, "Not authorized"),
            (1, "Scheduling sub-system error"), (500, "Scheduling sub-system error"),
            (6002, "Scheduling sub-system error"), (1051, "Conflict"), (5021, "Method Not Allowed"),
            (5022, "Not Acceptable"), (5023, "Content Too Large"), (5024, "Unsupported Media Type"),
            (5025, "Too Many Requests"), (6001, "Service Unavailable"), (5029, "Request Timeout"),
            (5030, "URI Too Long"), (5031, "Request Header Fields Too Large"), (30005, "Precondition Failed"),
            (30006, "Precondition Required"), (32003, "Range Not Satisfiable"),
        ] as [(Int, String)]
    )
    func titles(code: Int, title: String) {
        #expect(SchedulerError(ErrorCode(code)).title == title)
    }

    @Test("each code has the title that the specification gives to its status and code", arguments: ErrorCatalogue.all)
    func specifiedTitle(entry: ErrorCatalogueEntry) {
        let number = entry.code.number
        let isAboutState = (1010...1023).contains(number) || (1025...1029).contains(number)
        let specified: [Int: String] = [
            400: isAboutState ? "Unsupported state for operation" : "Invalid input", 403: "Not authorized",
            404: number == 1001 ? "Request ID not found" : "Not found", 500: "Scheduling sub-system error",
        ]
        if let title = specified[entry.status] { #expect(entry.title == title) }
    }

    @Test("each code stands in one chapter, in ascending order")
    func chapters() {
        let chapters = ErrorChapter.all.map { $0.entries.map(\.code.number) }
        #expect(chapters.allSatisfy { !$0.isEmpty && $0 == $0.sorted() })
        #expect(chapters.flatMap(\.self).sorted() == ErrorCatalogue.all.map(\.code.number))
    }

    @Test("no status of the catalogue falls back to the title of last resort")
    func everyStatusHasATitle() {
        #expect(ErrorCatalogue.all.allSatisfy { $0.title != "Error" })
    }

    @Test("missing, surplus and odd arguments give a text, never a crash", arguments: ErrorCatalogue.all)
    func oddArguments(entry: ErrorCatalogueEntry) {
        #expect(entry.message([]).contains(ErrorTemplate.missingArgument) == !entry.argumentNames.isEmpty)
        let surplus = entry.message(Array(repeating: "{1} {x}", count: 9))
        #expect(surplus.hasSuffix("."))
        #expect(surplus.components(of: "{1} {x}") == entry.argumentNames.count)
        #expect(SchedulerError(entry.code).isComplete == entry.argumentNames.isEmpty)
    }

    @Test("an unknown code is a 500 with a text")
    func unknownCode() {
        let error = SchedulerError(99999, "x")
        #expect(error.status == 500)
        #expect(error.detail == "ESS-99999: Unknown error.")
        #expect(!error.isComplete)
    }

    @Test("arguments from callers are cut to a bounded length")
    func longArguments() {
        let long = String(repeating: "ä", count: 100_000)
        let message = SchedulerError(3001, long).message
        #expect(message == "Job definition or job set \(String(repeating: "ä", count: 512))… not found.")
        let fits = String(repeating: "ä", count: 512)
        #expect(SchedulerError(3001, fits).message == "Job definition or job set \(fits) not found.")
    }

    @Test("entries are found by their written name, in that spelling only")
    func entryByName() {
        #expect(ErrorCatalogue.entry(named: "ESS-01013")?.code == 1013)
        for name in ["ESS-1013", "ess-01013", "ESS-01013 ", "ESS-+1013", "ESS-00003", "01013", "ESS-", ""] {
            #expect(ErrorCatalogue.entry(named: name) == nil, "\(name)")
        }
    }
}

extension String {
    /// How often `part` occurs, without overlap.
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
