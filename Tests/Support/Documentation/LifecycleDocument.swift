import SchedulerCore

/// Writes `docs/lifecycle.md` from the table that the machine obeys: a pure function of the sources.
package enum LifecycleDocument {
    /// The whole document, with a line end at the end.
    package static func text() -> String {
        [
            introduction, diagram(), statesSection(), tableSection(), refusalsSection(), notes,
        ].joined(separator: "\n\n") + "\n"
    }

    private static let introduction = """
        # The life of a request

        <!-- Written by Tests/Support/Documentation/LifecycleDocument.swift from RequestTransition.table. -->
        <!-- Refresh: ESCAPEMENT_WRITE_DOCS=1 swift test --filter LifecycleDocumentTests -->

        A request is born in WAIT and reaches exactly one terminal state. In between it may be held, blocked, retried,
        paused, cancelled; what leads where stands in one table, and this page prints it. The machine refuses what the
        table does not list, stores derive the guards of their writes from it, and a simulator checks every stored
        change against it.

        Read a life like this. In **WAIT** the request waits for its time. Once due it starts on the next node with a
        free thread; where none is free it becomes **READY** and keeps its rank. In **RUNNING** its executable works, or,
        if it is asynchronous, its answer is awaited: then no thread and no node is needed, and the answer comes by the
        handle that the job was given. The executable's success leads through **COMPLETED** (post-processing) to
        **SUCCEEDED** or **WARNING**. A technical failure is tried again from **ERROR_AUTO_RETRY** while retries are
        left; a failure for business reasons is final. **PAUSED** waits for sub-requests, or for the job itself after it
        suspended.

        **Cancel** ends at once whatever does not execute. What executes becomes **CANCELLING** and stays so until its
        code has ended or its remote job has answered; from there only CANCELLED and ERROR follow, and success that
        comes too late still ends in CANCELLED. An asynchronous job that never answers can be ended by **forceCancel**,
        half an hour (`forceCancelAfter`) after the cancel or the job's last check-in, by a person who vouches that the
        remote job does not run.

        Two rules hold for every change. It names the attempt in whose name it is made, and one of an older attempt
        changes nothing. And it is one transaction: state, history, audit record and all that follows are there
        together or not at all.
        """

    // MARK: - States

    private static func statesSection() -> String {
        let rows = RequestState.allCases.sorted { $0.code < $1.code }.map { state in
            "| \(letters(state)) | `\(state.rawValue)` | \(state.displayText) | \(state.code) "
                + "| \(state.isTerminal ? "terminal" : "") | \(meaning(state)) |"
        }
        return """
            ## States

            The name is the one on the wire, the text the one shown to people. The number is Oracle's; it is stored and
            never sent.

            | | State | Text | No. | | Meaning |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    // MARK: - The table

    private static let columns: [RequestState] = [
        .pendingValidation, .wait, .ready, .blocked, .hold, .running, .paused, .completed, .cancelling, .errorAutoRetry,
        .errorManualRecovery, .scheduleEnded,
    ]

    private static func tableSection() -> String {
        let asked = RequestTransition.table.filter { $0.refusal != nil }
        let found = RequestTransition.table.filter { $0.refusal == nil }
        return """
            ## What leads where

            A cell names the states that may follow, with the letters of the table above; `=` means that the state
            stays. T stands for all terminal states.

            ### Asked for through the API

            An empty cell is a refusal with the code at the end of the row; nothing changes.

            \(table(asked) { $0.refusal.map { "\($0)" } ?? "" })

            ### Found by the system

            An empty cell cannot arise; such an event is dropped and counted.

            \(table(found) { _ in nil })
            """
    }

    private static func table(_ rows: [RequestTransition], last: (RequestTransition) -> String?) -> String {
        let hasLast = rows.contains { last($0) != nil }
        let header =
            "| Event | " + columns.map(letters).joined(separator: " | ") + " | T |" + (hasLast ? " else |" : "")
        let rule = String(repeating: "|---", count: columns.count + (hasLast ? 3 : 2)) + "|"
        let lines = rows.map { row in
            let cells = columns.map { cell(row, $0) } + [terminalCell(row)] + (hasLast ? [last(row) ?? ""] : [])
            return "| \(title(row.event)) | " + cells.joined(separator: " | ") + " |"
        }
        return ([header, rule] + lines).joined(separator: "\n")
    }

    private static func cell(_ row: RequestTransition, _ state: RequestState) -> String {
        guard let targets = row.cells[state] else { return "" }
        return targets.map { $0 == state ? "=" : letters($0) }.joined(separator: " ")
    }

    /// One cell for all terminal states: they behave alike in every row.
    private static func terminalCell(_ row: RequestTransition) -> String {
        let cells = Set(RequestState.allCases.filter(\.isTerminal).map { cell(row, $0) })
        precondition(cells.count == 1, "terminal states differ in \(row.event)")
        return cells.first ?? ""
    }

    // MARK: - Refusals

    private static func refusalsSection() -> String {
        let codes = Set(RequestTransition.table.compactMap(\.refusal)).union(otherRefusals)
        let rows = codes.sorted { $0.number < $1.number }.map { "| \($0) | \(refusal($0)) |" }
        return """
            ## Refusals

            HTTP status 400 where none is named. A handle is tested before the state: an absent or foreign one is 403, the
            repetition of an accepted final report 200 without effect.

            | Code | Meaning |
            |---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static let notes = """
        ## Notes

        - **cancel** of a recurring parent whose children do not all end with it leads from any pending state to
          CANCELLING, too; in CANCELLING it changes nothing, the clock of forceCancel included.
        - **forceCancel** needs an asynchronous attempt whose answer is awaited, and its time; the tests come in the order
          state, wait, time.
        - **delete** takes roots only, with their whole tree.
        - **recover** decides ERROR_MANUAL_RECOVERY. In RUNNING it waits for the attempt's node to be declared lost:
          the row of the lost node comes first, and recovery is left only what that hands to a person.
        - **complete** and **reports** count while an asynchronous attempt waits or initiates, or is suspended. A report
          that overtakes the answer to the start call counts, and that answer is ignored.
        - **report PAUSE** after SUSPEND counts as PAUSE; the same report again changes nothing.
        - **report UPDATE** and **check-in** restart the clock of forceCancel in CANCELLING.
        - Where a cell offers ERROR_AUTO_RETRY or ERROR, the former follows a SYSTEM error with retries left.
        - A RUNNING executable whose time is up by timeout action `fail` is stopped first; it ends in ERROR when its
          code has ended.
        - Several cells may be passed in one change: WAIT, READY, RUNNING at a start, COMPLETED without post-processing.
          Each leaves its line in the history.
        """
}
