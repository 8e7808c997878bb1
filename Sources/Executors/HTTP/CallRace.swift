import SchedulerCore

/// One call against its limit of time and the server's demand to stop: whatever comes first decides, and the connection
/// of a call that lost is closed.
struct CallRace {
    enum End {
        case answered(OutboundRequest, OutboundAnswer)
        /// No answer came; the text is safe to show.
        case failed(String)
        case timedOut(Duration)
        /// There was nothing to be called.
        case undefined
        case stopped(StopDemand)
    }

    private enum Event {
        case end(End)
        case demanded(StopDemand)
        /// A contestant that lost, or the whole race was given up.
        case withdrawn
    }

    let caller: OutboundCaller
    let time: any TimeSource

    /// - Parameters:
    ///   - timeout: from here to the last byte of the answer.
    ///   - control: where the stop demand comes from; nil: there will be none.
    ///   - awaitsAnswerAfterStop: after a stop demand the answer is still awaited for the demand's grace.
    ///   - prepare: makes the request; nil: there is nothing to be called.
    /// - Returns: what decided.
    func run(
        timeout: Duration,
        control: InvocationControl?,
        awaitsAnswerAfterStop: Bool,
        prepare: @escaping @Sendable () async throws -> OutboundRequest?
    ) async -> End {
        let demand = FirstResult<StopDemand>()
        let urgent = FirstResult<StopDemand>()
        control?.onStop { stop in
            demand.deliver(stop)
            if stop.grace <= .zero { urgent.deliver(stop) }
        }
        return await withTaskGroup(of: Event.self) { group in
            group.addTask { .end(await call(prepare)) }
            group.addTask { await wait(timeout) ? .end(.timedOut(timeout)) : .withdrawn }
            group.addTask { (try? await demand.value()).map { .demanded($0) } ?? .withdrawn }
            // It may come while the grace of a gentler one is running.
            group.addTask { (try? await urgent.value()).map { .end(.stopped($0)) } ?? .withdrawn }
            defer { group.cancelAll() }
            for await event in group {
                switch event {
                case .end(.failed) where Task.isCancelled: return givenUp
                case .end(let end): return end
                case .demanded(let demand):
                    guard awaitsAnswerAfterStop, demand.grace > .zero else { return .stopped(demand) }
                    group.addTask { await wait(demand.grace) ? .end(.stopped(demand)) : .withdrawn }
                case .withdrawn: return givenUp
                }
            }
            return givenUp
        }
    }

    /// Only cancellation of the race itself withdraws anybody before its end.
    private var givenUp: End { .stopped(StopDemand(reason: .nodeStopping, grace: .zero)) }

    /// - Returns: false if it was cancelled.
    private func wait(_ duration: Duration) async -> Bool {
        do {
            try await time.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    private func call(_ prepare: @Sendable () async throws -> OutboundRequest?) async -> End {
        let request: OutboundRequest
        do {
            guard let prepared = try await prepare() else { return .undefined }
            request = signed(prepared)
        } catch let error as any CustomStringConvertible {
            return .failed(error.description)
        } catch {
            return .failed("The call could not be prepared.")
        }
        do {
            return .answered(request, try await caller.call(request))
        } catch {
            return .failed(error.description)
        }
    }

    /// With `Escapement-Signature` where there is a key, unless a definition sets a value of its own (runtime §9.2).
    private func signed(_ request: OutboundRequest) -> OutboundRequest {
        let header = DeliverySignature.header
        guard let key = caller.currentSettings.signingKey,
            !request.headers.contains(where: { $0.name.lowercased() == header.lowercased() })
        else { return request }
        var signed = request
        let value = DeliverySignature.value(of: request.body ?? [], key: key, now: time.now())
        signed.headers.append(OutboundRequest.Header(header, value))
        return signed
    }
}
