import SchedulerCore
import Synchronization

/// Callouts that answer what the test says, or wait for a stop demand where it has said nothing.
final class ScriptedCallouts: CalloutInvoker {
    struct Call: Sendable {
        let callout: Callout
        let invocation: Invocation
    }

    /// Calls, as they begin.
    let begun = EventQueue<Call>()
    private let answers = Mutex<[Callout: [CalloutAnswer]]>([:])

    func answer(_ callout: Callout, _ answer: CalloutAnswer) {
        answers.withLock { $0[callout, default: []].append(answer) }
    }

    func call(_ callout: Callout, _ invocation: Invocation) async -> CalloutResult {
        begun.add(Call(callout: callout, invocation: invocation))
        let answer = answers.withLock { answers -> CalloutAnswer? in
            guard answers[callout]?.isEmpty == false else { return nil }
            return answers[callout]?.removeFirst()
        }
        if let answer { return .answered(answer) }
        let demands = EventQueue<StopDemand>()
        invocation.control.onStop { demands.add($0) }
        _ = try? await demands.next()
        return .endedByServer
    }
}
