@preconcurrency import Glibc
package import SchedulerCore
import Synchronization

/// The leaders that a server runs now, in a file of its data directory, so that the next server on this machine can
/// end what a dead one has left, also where the store tells of it no more: once another machine has taken an attempt
/// over, its former process is forgotten there (runtime §8).
///
/// One slot of the file a process, written over again and again: the file is as long as most processes were at once.
/// A note that cannot be written is left out: the store's own comes first.
package final class ProcessLedger: Sendable {
    private struct Slots: Sendable {
        var count = 0
        var free: [Int] = []
        var taken: [ProcessIdentity: Int] = [:]
    }

    /// Bytes of a slot: number and start of a leader, and room.
    private static let slotBytes = 32

    private let path: String
    private let descriptor: Int32
    private let slots = Mutex(Slots())

    /// - Parameter folder: of the ledgers of this server and its predecessors; exists.
    /// - Throws: `ProcessSystemError`.
    package init(folder: String) throws {
        guard let bootID = ProcessFiles.bootID(),
            let server = ProcessFiles.identity(of: getpid(), bootID: bootID)
        else { throw ProcessSystemError("reading who this server is") }
        path = "\(folder)/\(server.pid)-\(server.startTicks)-\(server.bootID)"
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ProcessSystemError("opening the file \(path)") }
    }

    deinit { Glibc.close(descriptor) }

    func enter(_ leader: ProcessIdentity) {
        let slot = slots.withLock { slots in
            let slot = slots.free.popLast() ?? slots.count
            slots.count = max(slots.count, slot + 1)
            slots.taken[leader] = slot
            return slot
        }
        write("\(leader.pid) \(leader.startTicks)", to: slot)
    }

    func leave(_ leader: ProcessIdentity) {
        // Blank before another may write there.
        slots.withLock { slots in
            guard let slot = slots.taken.removeValue(forKey: leader) else { return }
            write("", to: slot)
            slots.free.append(slot)
        }
    }

    /// Nothing runs any more and nothing will.
    func remove() { unlink(path) }

    private func write(_ text: String, to slot: Int) {
        var bytes = Array(text.utf8.prefix(Self.slotBytes - 1))
        bytes += Array(repeating: UInt8(ascii: " "), count: Self.slotBytes - 1 - bytes.count) + [UInt8(ascii: "\n")]
        _ = pwrite(descriptor, bytes, bytes.count, off_t(slot * Self.slotBytes))
    }

    // MARK: - Predecessors

    /// Ends what dead servers of this folder have left running.
    ///
    /// - Parameters:
    ///   - folder: of the ledgers.
    ///   - patience: for killed processes to vanish.
    /// - Returns: findings other than that nothing was left, by leader.
    /// - Throws: `ProcessSystemError` if nothing could be looked for.
    package static func endRemnants(
        in folder: String,
        patience: Duration
    ) async throws -> [ProcessIdentity: ProcessRecovery.Finding] {
        let bootID = ProcessFiles.bootID()
        var dead: [String: [ProcessIdentity]] = [:]
        for name in names(in: folder) {
            guard let server = server(named: name) else { continue }
            // No process survives a boot.
            if server.bootID != bootID {
                dead[name] = []
            } else if ProcessRecovery.isGone(server) {
                dead[name] = leaders(in: "\(folder)/\(name)", bootID: server.bootID)
            }
        }
        let remnants = dead.values.joined().map { ProcessRecovery.Remnant(identity: $0) }
        let findings = remnants.isEmpty ? [:] : try await ProcessRecovery.recover(remnants, patience: patience)
        var left: [ProcessIdentity: ProcessRecovery.Finding] = [:]
        for (remnant, finding) in findings where finding != .gone { left[remnant.identity] = finding }
        for (name, leaders) in dead {
            let survives = leaders.contains { leader in
                if case .survives = left[leader] { true } else { false }
            }
            if !survives { unlink("\(folder)/\(name)") }
        }
        return left
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names
    }

    private static func server(named name: String) -> ProcessIdentity? {
        let parts = name.split(separator: "-", maxSplits: 2)
        guard parts.count == 3, let pid = Int32(parts[0]), let ticks = UInt64(parts[1]) else { return nil }
        return ProcessIdentity(pid: pid, startTicks: ticks, bootID: String(parts[2]))
    }

    private static func leaders(in path: String, bootID: String) -> [ProcessIdentity] {
        ProcessFiles.content(of: path).split(separator: UInt8(ascii: "\n")).compactMap { line in
            let numbers = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard numbers.count == 2, let pid = Int32(numbers[0]), let ticks = UInt64(numbers[1]) else { return nil }
            return ProcessIdentity(pid: pid, startTicks: ticks, bootID: bootID)
        }
    }
}
