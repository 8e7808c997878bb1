package import SchedulerCore

extension MemoryStore {
    package func forecastSources(
        _ query: ForecastQuery,
        after id: RequestID?,
        limit: Int
    ) async throws -> [ForecastSource] {
        let content = snapshot
        let found = content.requests.values.filter { request in
            request.isForecastSource(within: query.window) && query.matches(request)
                && request.id > (id ?? RequestID(.min))
        }
        return found.sorted { $0.id < $1.id }.prefix(limit).map { request in
            let plan = request.lineage.type.isRecurringParent ? content.plans[request.id] : nil
            let next = request.kinship.nextInstance.flatMap { content.requests[$0] }
            return ForecastSource(
                request: request,
                schedule: plan?.schedule,
                catchUp: plan?.catchUp ?? .all,
                next: next.flatMap { query.shows($0) ? $0 : nil }
            )
        }
    }

    package func forecastWaiting(_ query: ForecastQuery, limit: Int) async throws -> [JobRequest] {
        let found = snapshot.requests.values.filter { request in
            request.lineage.type.isRoot && request.state == .wait && request.dispatchTime != nil
                && query.window.contains(request.scheduledTime) && query.matches(request)
        }
        return Array(found.sorted { ($0.scheduledTime, $0.id) < ($1.scheduledTime, $1.id) }.prefix(limit))
    }

    package func usualDurations(
        of definitions: [MetadataObjectID]
    ) async throws -> [MetadataObjectID: UsualDuration] {
        let requests = snapshot.requests.values
        var usual: [MetadataObjectID: UsualDuration] = [:]
        for definition in definitions {
            let runs = requests.compactMap { request -> (end: Timestamp, span: Int64)? in
                guard request.facts.definitionID == definition,
                    request.state == .succeeded || request.state == .warning,
                    let start = request.firstStartTime, let end = request.completedTime
                else { return nil }
                return (end, (end - start).wholeMilliseconds)
            }
            let newest = runs.sorted { $0.end > $1.end }.prefix(UsualDuration.runsMax)
            usual[definition] = UsualDuration(milliseconds: newest.map(\.span))
        }
        return usual
    }
}

extension ForecastQuery {
    fileprivate func matches(_ request: JobRequest) -> Bool {
        shows(request) && (filter.map { FilterEvaluator { request.value(of: $0) }.matches($0) } ?? true)
    }

    fileprivate func shows(_ request: JobRequest) -> Bool {
        visibility.map { FilterEvaluator { request.value(of: $0) }.matches($0) } ?? true
    }
}
