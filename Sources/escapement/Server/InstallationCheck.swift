import FoundationEssentials
import Glibc
import Logging
import SchedulerCore
import SchedulerEngine

/// Makes sure that a node has what all nodes of its installation must have: the same key, the same folder of contents.
struct InstallationCheck {
    /// In the folder of contents, with the installation's id.
    static let markerName = ".escapement-content"

    let store: any InstallationStore
    let node: NodeID
    let logger: Logger

    /// - Throws: `ServerFailure` if the installation has another key; `StoreFault`.
    func checkKey(_ key: InstallationKey, file: String) async throws {
        let own = key.fingerprint
        let established = try await store.establish(.keyFingerprint, own)
        guard established == own else {
            throw ServerFailure(
                "secrets.keyFile: \(file) is not the key of this installation (its fingerprint is \(own), not "
                    + "\(established)): give this node a copy of the key file that the other nodes have"
            )
        }
    }

    /// Marks the folder at the first start of an installation, and looks for the mark ever after.
    ///
    /// The mark names the installation and, at random, the folder. Which folder it is, is a fact that the first node
    /// establishes; so nodes that start together in one folder agree, in whatever order they write and establish.
    ///
    /// - Parameter folder: `content.dir`, which exists.
    /// - Throws: `ServerFailure` if the folder belongs to another installation; `StoreFault`.
    func checkContent(_ folder: String) async throws {
        let installation = try await store.establish(.identity, NodeProcess.randomID())
        let marker = "\(folder)/\(Self.markerName)"
        let isNew = !FileManager.default.fileExists(atPath: marker)
        if isNew { try write("\(installation)\n\(NodeProcess.randomID())\n", to: marker) }
        guard let bytes = FileManager.default.contents(atPath: marker) else {
            throw ServerFailure("content.dir: \(marker) cannot be read")
        }
        let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard words.count == 2, words[0] == installation else {
            throw ServerFailure(
                "content.dir: \(folder) belongs to another installation, as \(marker) tells; "
                    + "name the folder that this one uses, or an empty one at its first start"
            )
        }
        let established = try await store.establish(.contentMarker, String(words[1]))
        guard established != words[1] else { return }
        if isNew { try? FileManager.default.removeItem(atPath: marker) }
        logger.warning(
            "content.dir is not the folder that the other nodes, or earlier starts, use: it lacks their mark",
            metadata: ["folder": "\(folder)", "file": "\(Self.markerName)"]
        )
    }

    /// Makes the file whole or not at all; one that another node has made meanwhile stays.
    private func write(_ text: String, to marker: String) throws {
        let draft = "\(marker).\(node)"
        try DataDirectory.write(Array(text.utf8), to: draft)
        defer { unlink(draft) }
        guard link(draft, marker) == 0 || errno == EEXIST else {
            throw ServerFailure("\(marker) cannot be made: \(String(cString: strerror(errno)))")
        }
    }
}
