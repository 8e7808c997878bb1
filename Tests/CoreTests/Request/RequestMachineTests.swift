import SchedulerCore
import Testing

/// Every event that the machine decides at a request of every shape.
struct RequestMachineTests {
    @Test("Every event has an expectation for every shape of a request")
    func tableIsComplete() {
        #expect(Set(CourseTable.events.keys) == Set(CourseTable.cells.keys))
        for (name, row) in CourseTable.cells {
            #expect(Set(row.keys) == Set(RequestShape.allCases), "\(name)")
        }
        let states = Set(RequestShape.allCases.map(\.state))
        #expect(states.count == 19)
    }

    @Test("C37, C40, C48, C61, C62: each event does what the table says", arguments: CourseTable.events.keys.sorted())
    func course(_ name: String) throws {
        let (event, row) = try #require(CourseTable.events[name])
        let cells = try #require(CourseTable.cells[name])
        for shape in RequestShape.allCases {
            try expect(cells[shape] ?? "", of: event, row: row, shape, named: name)
        }
    }

    @Test("Without a retry left SYSTEM errors end in ERROR, and only those cells differ")
    func withoutRetries() throws {
        for (name, row) in CourseTable.cells {
            let event = try #require(CourseTable.events[name])
            for (shape, cell) in row where cell == "AR" {
                let request = shape.request { $0.policy.retries = 0 }
                let decision = try RequestMachine.change(event.event, request)
                #expect(decision.request.state == .error, "\(name) in \(shape)")
                #expect(decision.request.errorType == .system, "\(name) in \(shape)")
            }
        }
    }

    private func expect(
        _ cell: String,
        of event: RequestEvent,
        row: RequestEventKind?,
        _ shape: RequestShape,
        named name: String
    ) throws {
        let request = shape.request()
        let verdict = RequestMachine.decide(event, for: request, children: shape.children)
        let place: Comment = "\(name) in \(shape.rawValue)"
        switch cell {
        case "x":
            let code = try #require(row.flatMap { LifecycleTable.row(of: $0)?.refusal }, place)
            #expect(verdict.code == code, place)
        case ".":
            guard case .dropped = verdict else {
                Issue.record("\(place) is \(verdict)")
                return
            }
        case "=" where verdict == .unchanged: break
        default:
            if let number = Int(cell) {
                #expect(verdict.code == ErrorCode(number), place)
                return
            }
            guard case .changed(let decision) = verdict else {
                Issue.record("\(place) is \(verdict)")
                return
            }
            let target = cell == "=" ? shape.state : LifecycleTable.state(cell)
            #expect(decision.request.state == target, place)
            expectSound(decision, from: request, place)
        }
    }

    /// I1, I3, I4, I5, I9, I21: what must hold of every decision.
    private func expectSound(_ decision: Decision, from before: JobRequest, _ place: Comment) {
        let after = decision.request
        var state = before.state
        for step in decision.steps {
            #expect(step.from == state, place)
            #expect(step.from != step.to, place)
            #expect(LifecycleTable.permits(step.event, from: step.from, to: step.to), "\(place): \(step)")
            #expect(step.time == RequestShape.now, place)
            state = step.to
        }
        #expect(state == after.state, place)
        if let last = decision.steps.last {
            #expect(after.previousState == last.from, place)
            #expect(after.stateChangeTime == RequestShape.now, place)
        } else {
            #expect(after.previousState == before.previousState, place)
            #expect(after.stateChangeTime == before.stateChangeTime, place)
        }
        let isTerminal = LifecycleTable.terminal.contains(after.state)
        #expect((after.cause != .nonTerminal) == isTerminal, place)
        #expect((after.errorType != nil) == (after.state == .error), place)
        #expect((after.phase == .complete) == isTerminal, place)
        #expect((after.completedTime != nil) == isTerminal, place)
        if after.state != .running, after.state != .cancelling { #expect(after.process == nil, place) }
        if isTerminal {
            #expect(after.owner == nil, place)
            #expect(after.handleStatus != .live, place)
            #expect(after.nextTimer == nil, place)
        }
    }
}
