import Foundation
import PostgresTesting

/// A network of the test's own (`scripts/private-network.sh`), in which links can be cut. It ends with this process,
/// however that ends.
final class PrivateNetwork: Sendable {
    private struct Member: Sendable {
        let namespace: String
        let address: String
    }

    /// Why there is none here; nil where there is one.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "needs root, for network namespaces" }
        do {
            try PrivateNetwork(["probe"]).remove()
            return nil
        } catch {
            return "network namespaces cannot be made here: \(error)"
        }
    }()

    private let members: [String: Member]
    private let process: Process
    private let input: FileHandle
    private let output: FileHandle

    /// - Parameter names: of the members.
    /// - Throws: `ServerEnded`; the script says why on standard error.
    init(_ names: [String]) throws {
        let script = URL(filePath: #filePath).appending(path: "../../../../scripts/private-network.sh").standardized
        let input = Pipe()
        let output = Pipe()
        // Other processes that tests start must not keep the network.
        _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        process = Process()
        process.executableURL = script
        process.arguments = names
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        process.standardInput = input
        process.standardOutput = output
        try process.runAlone()
        self.input = input.fileHandleForWriting
        self.output = output.fileHandleForReading
        var members: [String: Member] = [:]
        while true {
            let words = try Self.line(from: self.output).split(separator: " ").map(String.init)
            if words == ["ready"] { break }
            members[words[0]] = Member(namespace: words[1], address: words[2])
        }
        self.members = members
    }

    func address(of name: String) -> String { members[name]?.address ?? "" }

    /// Command that starts a command as this member.
    func launcher(of name: String) -> [String] {
        ["/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "ip", "netns", "exec", members[name]?.namespace ?? ""]
    }

    /// Nothing goes in or out.
    func cut(_ name: String) throws { try send("down \(name)") }

    func mend(_ name: String) throws { try send("up \(name)") }

    /// What one sends the other vanishes; the other direction works.
    func drop(from sender: String, to receiver: String) throws { try send("drop \(sender) \(receiver)") }

    func pass(from sender: String, to receiver: String) throws { try send("pass \(sender) \(receiver)") }

    func remove() throws {
        try input.close()
        process.waitUntilExit()
    }

    private func send(_ command: String) throws {
        try input.write(contentsOf: Data("\(command)\n".utf8))
        let answer = try Self.line(from: output)
        guard answer == "done" else { throw ServerEnded(text: "\(command): \(answer)") }
    }

    private static func line(from handle: FileHandle) throws -> String {
        var bytes = Data()
        while bytes.last != UInt8(ascii: "\n") {
            guard let more = try handle.read(upToCount: 1), !more.isEmpty else {
                throw ServerEnded(text: "the private network was not made, or ended")
            }
            bytes += more
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }
}
