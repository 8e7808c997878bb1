package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func now() async -> Timestamp { writer.now }

    // MARK: - Writing

    package func submit(_ submission: Submission, audit: AuditEntry?) async throws -> JobRequest {
        try await transact { try CommandInterpreter.submit(submission, audit: audit, in: &$0) }
    }

    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        guard commands.count <= StoreLimits.commandsPerCall else {
            throw StoreFault("\(commands.count) commands in one call; at most \(StoreLimits.commandsPerCall) fit")
        }
        return try await transact(weight: commands.count) { [context] transaction in
            try CommandInterpreter.perform(commands, context: context, in: &transaction)
        }
    }

    package func claim(_ claim: Claim) async throws -> ClaimResult {
        try await transact(weight: claim.limit + claim.readyLimit) { [context] transaction in
            try CommandInterpreter.claim(claim, context: context, in: &transaction)
        }
    }

    package func fireTimers(limit: Int) async throws -> [CommandResult] {
        try await transact(weight: limit) { [context] transaction in
            try CommandInterpreter.fireTimers(limit: limit, context: context, in: &transaction)
        }
    }

    package func append(_ record: AuditRecord) async throws {
        try await transact { try $0.append(record) }
    }

    // MARK: - Reading

    package func nextInstants() async throws -> NextInstants {
        try await readers.read { session in
            let statement = try session.statements.statement(PollQueries.nextInstants)
            let instants = try statement.firstRow { row in
                NextInstants(
                    due: row.optionalInteger().map { Timestamp(milliseconds: $0) },
                    timer: row.optionalInteger().map { Timestamp(milliseconds: $0) }
                )
            }
            return instants ?? NextInstants(due: nil, timer: nil)
        }
    }

    package func request(_ id: RequestID) async throws -> RequestDetail? {
        try await readers.read { session in
            session.request.bind(id.value)
            return try session.request.firstRow { try session.detail($0, parameters: true) }
        }
    }

    package func requests(_ query: RequestQuery) async throws -> [RequestDetail] {
        try await readers.read { try ListQueries.run(query, in: $0) }
    }

    package func history(of id: RequestID) async throws -> [TransitionStep] {
        try await readers.read { session in
            let statement = try session.statements.statement(ListQueries.history)
            statement.bind(id.value)
            return try statement.rows { row in
                TransitionStep(
                    event: try StoredCodes.events.value(row.integer()),
                    from: try StoredCodes.state(row.integer()),
                    to: try StoredCodes.state(row.integer()),
                    time: Timestamp(milliseconds: row.integer()),
                    attempt: Int(clamping: row.integer()),
                    refusal: row.optionalInteger().map { ErrorCode(Int(clamping: $0)) }
                )
            }
        }
    }

    package func attempts(_ owner: AttemptOwner, after id: RequestID?, limit: Int) async throws -> [JobRequest] {
        let now = writer.now
        return try await readers.read { session in
            let statement: SQLiteStatement
            // A node that never owned anything has no label; no number of a label is 0.
            switch owner {
            case .node(let node):
                statement = try session.statements.statement(PollQueries.attemptsOfNode)
                statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
                statement.bind(id?.value ?? .min)
            case .lost(let node):
                statement = try session.statements.statement(PollQueries.attemptsLost)
                statement.bind(try session.labels.existingKey(of: node.value) ?? 0)
                statement.bind(id?.value ?? .min)
                statement.bind(now.milliseconds)
            }
            statement.bind(limit)
            return try statement.rows(session.codec.read)
        }
    }

    package func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord] {
        try await readers.read { session in
            let statement = try session.statements.statement(ListQueries.auditTrail)
            statement.bind(targetKind)
            statement.bind(targetID)
            return try statement.rows { row in
                AuditRecord(
                    time: Timestamp(milliseconds: row.integer()),
                    entry: AuditEntry(
                        principal: row.text(),
                        action: row.text(),
                        authMethod: row.optionalText(),
                        clientAddress: row.optionalText(),
                        attestation: row.optionalText(),
                        trace: row.optionalText()
                    ),
                    targetKind: row.text(),
                    targetID: row.text(),
                    outcome: try StoredCodes.auditOutcomes.value(row.integer()),
                    errorCode: row.optionalInteger().map { ErrorCode(Int(clamping: $0)) }
                )
            }
        }
    }
}
