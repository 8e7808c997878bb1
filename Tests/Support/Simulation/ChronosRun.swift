import SchedulerCore
import SchedulerEngine

/// A course of schedules on nodes that die, over a store that fails; afterwards each instant that should have been is
/// laid beside what has run.
package final class ChronosRun {
    /// How long it goes on, and what goes wrong in it.
    package struct Course: Sendable {
        package var nodes = 1
        package var span: Duration = .seconds(300)
        package var step: Duration = .seconds(5)
        /// A node dies so often; nil = never.
        package var crashPause: Duration?
        /// How often a write fails between two steps, in percent.
        package var faultShare = 0
        /// The write that fails, and whose caller dies with it.
        package var lastWrite: Int?
        package var lastFault: FaultyStore<MemoryStore>.Fault = .beforeCommit

        package init() {}

        /// An hour, with nodes that die every twenty seconds.
        package static let hour: Course = {
            var course = Course()
            course.nodes = 3
            course.span = .seconds(3600)
            course.step = .seconds(5)
            course.crashPause = .seconds(20)
            course.faultShare = 10
            return course
        }()
    }

    private struct Target {
        let parent: RequestID
        let rule: String
        let overlap: OverlapPolicy
        let catchUp: CatchUpPolicy
        var instants: [Int64]
    }

    private struct Member {
        let node: SimulatedNode
        var vitalTime: Duration
    }

    private let time = ManualTime()
    private let memory: MemoryStore
    private let store: FaultyStore<MemoryStore>
    private let course: Course
    private var random: SeededRandom
    private var isCrashDone = false
    private var members: [Member] = []
    private var nodesStarted = 0
    private var targets: [Target] = []
    /// When the code of an attempt comes to its end.
    private var ends: [AttemptEpoch: Duration] = [:]
    /// Runs that came to a good end, by their requests.
    private var runs: [RequestID: Int] = [:]
    /// Instants laid beside runs and skips so far.
    package private(set) var instantsChecked = 0

    package init(seed: UInt64, _ course: Course) {
        self.course = course
        random = SeededRandom(seed: seed)
        memory = MemoryStore(time: time)
        store = FaultyStore(memory)
    }

    /// - Parameter numbers: of the schedules: each number has its own rule and policies.
    /// - Returns: what was missed or doubled; empty for a good run.
    /// - Throws: the store's errors.
    package func run(_ numbers: Range<Int>) async throws -> [String] {
        for number in numbers { try await submit(number) }
        for _ in 0..<course.nodes { await startNode() }
        if let write = course.lastWrite { store.fail(course.lastFault, after: write - store.writeCount) }
        let end = time.monotonicNow() + course.span
        var crash = course.crashPause
        while time.monotonicNow() < end {
            if let due = crash, let pause = course.crashPause, time.monotonicNow() >= due {
                crash = due + pause
                members.removeFirst()
                await startNode()
            }
            if random.percent(course.faultShare) { store.fail(random.percent(50) ? .beforeCommit : .afterCommit) }
            await tick()
        }
        store.heal()
        for _ in 0..<Self.ticksOfPeace where !isOver { await tick() }
        return check()
    }

    /// Writes tried so far.
    package var writeCount: Int { store.writeCount }

    private var isOver: Bool { memory.snapshot.requests.values.allSatisfy { $0.state.isTerminal } }

    // MARK: - The hour

    private func submit(_ number: Int) async throws {
        let minutes = 2 + number % 7
        let rule =
            switch number % 5 {
            case 0: "FREQ=SECONDLY;INTERVAL=\(60 + number)"
            case 1: "FREQ=MINUTELY;INTERVAL=\(minutes)"
            case 2: "FREQ=MINUTELY;INTERVAL=\(minutes + 2);BYSECOND=15,40"
            case 3: "FREQ=MINUTELY;INTERVAL=\(minutes);COUNT=\(5 + number % 9)"
            default: "FREQ=SECONDLY;INTERVAL=\(150 + number);COUNT=\(4 + number % 6)"
            }
        var schedule = JobSchedule(timezone: "UTC")
        schedule.recurrences = [SchedulePattern(rule: try RecurrenceRule(icalString: rule))]
        schedule.overlap = OverlapPolicy.allCases[number % 4]
        let catchUp = CatchUpPolicy.allCases[number / 4 % 3]
        let start = time.now() + .seconds(number % 10 * 20 - 120)
        let end = time.now() + course.span
        var submission = Submission(
            facts: RequestFacts(
                definitionID: MetadataObjectID(kind: .jobDefinition, package: "/sim", name: "Job"),
                jobTypeID: MetadataObjectID(kind: .jobType, package: "/sim", name: "Type"),
                executor: .swift,
                application: "Sim",
                submitter: "anna"
            )
        )
        submission.policy.retries = 1000
        submission.placement = .root(.recurParent)
        submission.plan = RequestPlan(schedule: schedule, catchUp: catchUp)
        submission.requestedStart = start
        submission.requestedEnd = end
        let parent = try await memory.submit(submission, audit: nil).id
        var naive = NaiveSchedule(schedule, start: start, end: end)
        targets.append(
            Target(
                parent: parent,
                rule: rule,
                overlap: schedule.overlap,
                catchUp: catchUp,
                instants: Array(naive.instants(through: NaiveSchedule.seconds(end)))
            )
        )
    }

    private func startNode() async {
        nodesStarted += 1
        let node = SimulatedNode(
            record: SimulatedNode.record(number: nodesStarted),
            store: store,
            threads: 20,
            lease: .seconds(30),
            cancelGrace: .seconds(2),
            time: time
        )
        // One that cannot enter now is as dead as one that has just died: the next one follows.
        if (try? await node.membership.enter(node.reaper)) != nil {
            members.append(Member(node: node, vitalTime: .zero))
        } else {
            await startNode()
        }
    }

    private func tick() async {
        for index in members.indices {
            let node = members[index].node
            let isVital = time.monotonicNow() >= members[index].vitalTime
            if isVital { members[index].vitalTime = time.monotonicNow() + .seconds(10) }
            for loop in node.loops where isVital || ["dispatch", "timers"].contains(loop.name) {
                _ = try? await loop.runOnce()
                if isDead { return await replace(index) }
            }
            await endAttempts(of: node)
            if isDead { return await replace(index) }
        }
        time.advance(by: course.step)
    }

    /// Whether the write has been tried with which a node dies.
    private var isDead: Bool { !isCrashDone && course.lastWrite.map { store.writeCount > $0 } ?? false }

    private func replace(_ index: Int) async {
        isCrashDone = true
        members.remove(at: index)
        await startNode()
    }

    private func endAttempts(of node: SimulatedNode) async {
        let now = time.monotonicNow()
        for attempt in node.launcher.attempts {
            let request = attempt.claimed.request
            let end = ends[attempt.epoch] ?? now + .seconds(Int.random(in: 0...90, using: &random))
            ends[attempt.epoch] = end
            guard end <= now || attempt.demand != nil else { continue }
            let outcome: InvocationResult = attempt.demand == nil ? .ended(.success) : .endedByServer
            let command = outcome.command(for: request, demand: attempt.demand)
            guard let result = try? await node.gateway.perform(command) else { continue }
            node.launcher.remove(attempt.epoch)
            if result.outcome == .applied, result.request?.state == .succeeded { runs[request.id, default: 0] += 1 }
        }
    }

    // MARK: - Targets against runs

    private func check() -> [String] {
        let content = memory.snapshot
        var found = content.requests.values.filter { !$0.state.isTerminal }.map { "request \($0.id) stays \($0.state)" }
        for target in targets {
            let children = content.requests.values.filter { $0.lineage.parentID == target.parent }
            var decided: [Int64: [String]] = [:]
            for skip in content.skips[target.parent] ?? [] {
                let (first, last) = (NaiveSchedule.seconds(skip.first), NaiveSchedule.seconds(skip.last))
                for instant in target.instants where instant >= first && instant <= last {
                    decided[instant, default: []].append(skip.reason.rawValue)
                }
            }
            for child in children {
                let instant = NaiveSchedule.seconds(child.scheduledTime)
                // Held up to the end by an earlier one, it has given up its instant, which is skipped.
                let isPassed = child.state == .expired && decided[instant] == [SkipRecord.Reason.overlap.rawValue]
                if !isPassed { decided[instant, default: []].append(child.state.rawValue) }
                let count = runs[child.id] ?? 0
                // The answer of a good end may have been lost.
                if count > 1 { found.append("request \(child.id) ran \(count) times to a good end") }
            }
            found += check(target, decided)
            let state = content.requests[target.parent]?.state
            if state != .finished { found.append("parent \(target.parent) ended \(state?.rawValue ?? "never")") }
        }
        return found
    }

    private func check(_ target: Target, _ decided: [Int64: [String]]) -> [String] {
        var allowed: Set = [RequestState.succeeded.rawValue]
        if target.overlap == .cancelPrevious { allowed.insert(RequestState.cancelled.rawValue) }
        if target.overlap == .skip { allowed.insert(SkipRecord.Reason.overlap.rawValue) }
        if target.catchUp != .all { allowed.insert(SkipRecord.Reason.catchUp.rawValue) }
        instantsChecked += target.instants.count
        let place = "\(target.rule), \(target.overlap), \(target.catchUp)"
        var found: [String] = []
        for instant in target.instants {
            let outcomes = decided[instant] ?? []
            if outcomes.isEmpty { found.append("\(place): \(instant) was missed") }
            if outcomes.count > 1 { found.append("\(place): \(instant) was doubled: \(outcomes)") }
            let strange = outcomes.filter { !allowed.contains($0) }
            if !strange.isEmpty { found.append("\(place): \(instant) came to \(strange)") }
        }
        let extra = Set(decided.keys).subtracting(target.instants)
        if !extra.isEmpty { found.append("\(place): \(extra.sorted()) are no instants") }
        return found
    }

    private static let ticksOfPeace = 2000
}
