import SchedulerCore
import Testing

/// The table in the sources, cell by cell against the specification.
struct TransitionTableTests {
    @Test("Every event of the specification has one row, and there is no other row")
    func rowsAreThoseOfTheSpecification() {
        let expected = Set(LifecycleTable.rows.map(\.event))
        #expect(LifecycleTable.rows.count == expected.count)
        #expect(RequestTransition.table.count == expected.count)
        #expect(Set(RequestTransition.table.map(\.event.rawValue)) == expected)
        #expect(Set(RequestEventKind.allCases.map(\.rawValue)) == expected)
    }

    @Test("Every cell of the table is that of the specification", arguments: RequestEventKind.allCases)
    func cells(_ event: RequestEventKind) throws {
        let expected = try #require(LifecycleTable.row(of: event))
        let actual = RequestTransition.row(event)
        for state in RequestState.allCases {
            let targets = actual.cells[state].map { Set($0) }
            #expect(targets == expected.cells[state], "\(event.rawValue) in \(state.rawValue)")
        }
        #expect(actual.refusal == expected.refusal, "\(event.rawValue)")
        #expect(event.isFromAPI == (expected.refusal != nil), "\(event.rawValue)")
        #expect(actual.sources == Set(expected.cells.keys), "\(event.rawValue)")
    }

    @Test("The nineteen states have Oracle's numbers and know which of them are terminal")
    func states() {
        #expect(RequestState.allCases.count == 19)
        #expect(LifecycleTable.letters.count == 19)
        for (letters, entry) in LifecycleTable.letters {
            #expect(entry.state.code == entry.code, "\(letters)")
            #expect(RequestState(code: entry.code) == entry.state, "\(letters)")
            #expect(entry.state.isTerminal == LifecycleTable.terminal.contains(entry.state), "\(letters)")
        }
        for code in [0, -1, 20, .max] { #expect(RequestState(code: code) == nil) }
    }

    @Test("I2, I15: no row leaves a terminal state, and CANCELLING leads to CANCELLED and ERROR only")
    func structure() {
        for row in RequestTransition.table {
            for (source, targets) in row.cells {
                if source.isTerminal { #expect(targets == [source], "\(row.event)") }
                guard source == .cancelling else { continue }
                #expect(Set(targets).isSubset(of: [.cancelling, .cancelled, .error]), "\(row.event)")
            }
        }
    }

    @Test("Names on the wire are British in the state and American in its text")
    func names() {
        #expect(RequestState.cancelled.rawValue == "CANCELLED")
        #expect(RequestState.cancelled.displayText == "Canceled")
        #expect(RequestState.cancelling.rawValue == "CANCELLING")
        #expect(RequestState.cancelling.displayText == "Canceling")
        #expect(RequestState.errorAutoRetry.displayText == "Error Auto-Retry")
        for state in RequestState.allCases where ![.cancelled, .cancelling].contains(state) {
            let words = state.rawValue.split(separator: "_").map(\.capitalized).joined(separator: " ")
            #expect(state.displayText == (state == .errorAutoRetry ? "Error Auto-Retry" : words))
        }
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
