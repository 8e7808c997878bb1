internal import CLibPQ

extension PostgresConnection {
    package typealias Outcome = Result<PostgresResult, PostgresError>

    /// Runs queries on their own, each a transaction unless one is open: a failing one does not spoil the others.
    ///
    /// In an open transaction those after a failing one fail too, as everything does there.
    ///
    /// - Returns: what became of each, in order. Where the connection is lost on the way, those that had no answer
    ///   say so; whether they took effect, nobody knows.
    /// - Throws: `PostgresError`, if nothing was sent.
    package func pipeline(_ batch: PostgresBatch) throws(PostgresError) -> [Outcome] {
        let handle = try usable()
        guard try makesRoom(for: batch, handle) else { return batch.queries.map { outcome(of: $0) } }
        let names = batch.queries.map { query -> Result<String?, PostgresError> in
            do throws(PostgresError) { return .success(try prepare(query, handle)) } catch { return .failure(error) }
        }
        try enterPipeline(handle)
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(names.count)
        var rest = batch.queries.indices
        while !rest.isEmpty, isUsable {
            let chunk = rest.prefix(PostgresLimits.pipelineDepth)
            var sent: [Int] = []
            for index in chunk {
                guard case .success(let name) = names[index] else { continue }
                guard send(name, batch.queries[index], handle), PQpipelineSync(handle) == 1 else { break }
                sent.append(index)
            }
            var unread = sent[...]
            for index in chunk {
                if case .failure(let error) = names[index] {
                    outcomes.append(.failure(error))
                } else if unread.first == index {
                    unread.removeFirst()
                    let outcome = read(batch.queries[index].statement, handle)
                    // A deferred constraint fails after the result.
                    if let error = takeSync(handle), case .success = outcome {
                        outcomes.append(.failure(error))
                    } else {
                        outcomes.append(outcome)
                    }
                } else {
                    outcomes.append(.failure(lost(handle)))
                }
            }
            rest = rest.dropFirst(chunk.count)
        }
        for _ in rest { outcomes.append(.failure(lost(handle))) }
        leavePipeline(handle)
        return outcomes
    }

    /// Runs queries as one transaction in one round trip; where a transaction is open already, as a part of it.
    ///
    /// - Returns: their results, in order, once all of them are committed.
    /// - Throws: the error of the first that failed; then none took effect. `PostgresError.isConnectionLost` leaves
    ///   that open.
    package func transactionPipeline(_ batch: PostgresBatch) throws(PostgresError) -> [PostgresResult] {
        let handle = try usable()
        guard !batch.queries.isEmpty else { return [] }
        guard try makesRoom(for: batch, handle) else {
            throw PostgresError(.misuse, "more different statements than a connection keeps")
        }
        var names: [String?] = []
        for query in batch.queries { names.append(try prepare(query, handle)) }
        try enterPipeline(handle)
        defer { leavePipeline(handle) }
        for (query, name) in zip(batch.queries, names) where !send(name, query, handle) {
            throw lost(handle)
        }
        guard PQpipelineSync(handle) == 1 else { throw lost(handle) }
        var results: [PostgresResult] = []
        var failure: PostgresError?
        for query in batch.queries {
            switch read(query.statement, handle) {
            case .success(let result): results.append(result)
            case .failure(let error): failure = failure ?? error
            }
        }
        // A deferred constraint fails at the end, after all results.
        if let error = takeSync(handle) { failure = failure ?? error }
        if let failure { throw failure }
        return results
    }

    // MARK: - Steps

    private func outcome(of query: PostgresBatch.Query) -> Outcome {
        do throws(PostgresError) { return .success(try self.query(query.statement, query.parameters)) } catch {
            return .failure(error)
        }
    }

    /// - Returns: the statement's name on this connection; nil if it is not kept.
    private func prepare(_ query: PostgresBatch.Query, _ handle: OpaquePointer) throws(PostgresError) -> String? {
        if let failure = query.parameters.failure { throw failure }
        guard query.statement.isKept else { return nil }
        return try name(of: query.statement, query.parameters, handle)
    }

    private func enterPipeline(_ handle: OpaquePointer) throws(PostgresError) {
        guard PQenterPipelineMode(handle) == 1 else { throw PostgresError(failed: nil, on: handle) }
    }

    private func leavePipeline(_ handle: OpaquePointer) {
        if PQexitPipelineMode(handle) != 1 { spoil() }
    }

    private func send(_ name: String?, _ query: PostgresBatch.Query, _ handle: OpaquePointer) -> Bool {
        query.parameters.withPointers { count, types, values, lengths, formats in
            if let name { return PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1 }
            return PQsendQueryParams(handle, query.statement.sql, count, types, values, lengths, formats, 1) == 1
        }
    }

    /// Waits for the result of the oldest query without one.
    private func read(_ statement: PostgresStatement, _ handle: OpaquePointer) -> Outcome {
        guard let result = PQgetResult(handle) else { return .failure(lost(handle)) }
        if PQresultStatus(result) == PGRES_PIPELINE_ABORTED {
            PQclear(result)
            takeEnd(handle)
            return .failure(PostgresError(.skipped, "not run, because an earlier statement of the pipeline failed"))
        }
        do throws(PostgresError) {
            let owner = try check(result, handle)
            takeEnd(handle)
            return .success(owner)
        } catch {
            if PreparedStatements.isStale(error) { forget(statement) }
            takeEnd(handle)
            return .failure(error)
        }
    }

    /// Takes the mark after the results of a query.
    private func takeEnd(_ handle: OpaquePointer) {
        guard let result = PQgetResult(handle) else { return }
        PQclear(result)
        spoil()
    }

    /// Takes the mark of a synchronisation point.
    ///
    /// - Returns: what failed in its place, such as a deferred constraint.
    private func takeSync(_ handle: OpaquePointer) -> PostgresError? {
        var failure: PostgresError?
        // An error before the mark has a mark of its own after it.
        for _ in 0..<4 {
            guard let result = PQgetResult(handle) else {
                guard isUsable else { return failure ?? lost(handle) }
                continue
            }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC {
                PQclear(result)
                return failure
            }
            do throws(PostgresError) { _ = try check(result, handle) } catch { failure = failure ?? error }
        }
        spoil()
        return failure ?? PostgresError(.misuse, "the pipeline is out of step")
    }

    private func lost(_ handle: OpaquePointer) -> PostgresError {
        let error = PostgresError(failed: nil, on: handle)
        spoil()
        return PostgresError(.connectionLost, error.message)
    }
}
