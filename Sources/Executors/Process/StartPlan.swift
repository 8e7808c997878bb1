import CProcess
@preconcurrency import Glibc

/// Everything the waiting child reads, at addresses that stay valid until it has run its program or ended.
final class StartPlan {
    /// Bytes: a dozen calls without recursion need far less.
    private static let stackBytes = 64 << 10
    private static let stackAlignment = 16

    private var plan = cprocess_plan()
    private var strings: [UnsafeMutablePointer<CChar>?] = []
    private var lists: [UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>] = []
    private let limits: UnsafeMutablePointer<cprocess_limit>
    private let groups: UnsafeMutablePointer<gid_t>
    private let stack: UnsafeMutableRawPointer
    /// The plan itself, for the child.
    private let shared: UnsafeMutablePointer<cprocess_plan>

    /// - Parameters:
    ///   - specification: what to start.
    ///   - files: limit of open files if the specification has none.
    init(_ specification: ProcessSpecification, files: OpenFiles?) {
        let limitValues = Self.limits(of: specification.limits, files)
        let groupValues = specification.user?.groups ?? []
        limits = .allocate(capacity: limitValues.count)
        limits.initialize(from: limitValues, count: limitValues.count)
        groups = .allocate(capacity: max(1, groupValues.count))
        groups.initialize(from: groupValues, count: groupValues.count)
        stack = .allocate(byteCount: Self.stackBytes, alignment: Self.stackAlignment)
        shared = .allocate(capacity: 1)

        let environment = specification.environment
        let candidates = ExecutableSearch.candidates(
            for: specification.arguments.first ?? "",
            path: environment["PATH"]
        )
        plan.candidates = UnsafeRawPointer(list(candidates)).assumingMemoryBound(to: UnsafePointer<CChar>?.self)
        plan.arguments = UnsafePointer(list(specification.arguments))
        plan.environment = UnsafePointer(list(environment.map { "\($0.key)=\($0.value)" }))
        plan.directory = UnsafePointer(string(specification.workingDirectory))
        plan.limits = UnsafePointer(limits)
        plan.limit_count = limitValues.count
        plan.groups = UnsafePointer(groups)
        plan.group_count = groupValues.count
        let own = geteuid()
        plan.user = specification.user?.userID ?? own
        plan.group = specification.user?.groupID ?? getegid()
        // A server that is this user already may lack the right to set what it has.
        plan.changes_user = specification.user != nil && (plan.user != own || own == 0) ? 1 : 0
        plan.keeps_powers = plan.user == 0 ? 1 : 0
        plan.stack = stack
        plan.stack_size = Self.stackBytes
        shared.initialize(to: plan)
    }

    deinit {
        for string in strings { free(string) }
        for list in lists { list.deallocate() }
        limits.deallocate()
        groups.deallocate()
        stack.deallocate()
        shared.deallocate()
    }

    /// The child waits at its gate afterwards.
    func start() throws -> cprocess_child {
        var child = cprocess_child()
        let code = cprocess_start(shared, &child)
        guard code == 0 else { throw ProcessSystemError("starting a process", code: code) }
        return child
    }

    private func string(_ text: String) -> UnsafeMutablePointer<CChar>? {
        let copy = strdup(text)
        strings.append(copy)
        return copy
    }

    private func list(_ texts: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { list[index] = string(text) }
        list[texts.count] = nil
        lists.append(list)
        return list
    }

    /// Seconds between SIGXCPU and SIGKILL for a process that used up its CPU time.
    private static let processorGrace: UInt64 = 1

    private static func limits(of limits: ProcessLimits, _ files: OpenFiles?) -> [cprocess_limit] {
        func limit(_ value: UInt64?, _ resource: __rlimit_resource, grace: UInt64 = 0) -> cprocess_limit? {
            value.map { cprocess_limit(soft: $0, hard: $0 + grace, resource: Int32(resource.rawValue)) }
        }
        return [
            limit(0, RLIMIT_CORE),
            limit(limits.cpu, RLIMIT_CPU, grace: processorGrace),
            limit(limits.memory, RLIMIT_AS),
            limit(limits.processes, __RLIMIT_NPROC),
            limit(limits.fileSize, RLIMIT_FSIZE),
            limit(limits.files, RLIMIT_NOFILE)
                ?? files.map { limit in
                    cprocess_limit(soft: limit.soft, hard: limit.hard, resource: Int32(RLIMIT_NOFILE.rawValue))
                },
        ].compactMap { $0 }
    }
}
