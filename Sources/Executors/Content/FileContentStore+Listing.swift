@preconcurrency import Glibc
package import SchedulerCore

/// Whose contents there are.
extension FileContentStore {
    /// The requests of one folder: those with the smallest numbers after one, as far as they lie together.
    ///
    /// - Parameter id: only greater numbers; nil = from the beginning.
    /// - Returns: in order of their numbers; empty where none follow.
    /// - Throws: where a folder cannot be read.
    package func contents(after id: RequestID?) throws -> [StoredContent] {
        let first = max(1, (id?.value ?? 0) &+ 1)
        for millions in try Self.numbers(in: root) where millions >= first / 1_000_000 {
            for thousands in try Self.numbers(in: "\(root)/\(millions)") {
                // A folder that somebody else made may have any number.
                guard thousands < 1000, millions < Self.millionsMax else { continue }
                guard (millions * 1000 + thousands) >= first / 1000 else { continue }
                let folder = "\(root)/\(millions)/\(thousands)"
                let found = try Self.numbers(in: folder).filter { $0 >= first }.compactMap { number in
                    try Self.changedTime(of: "\(folder)/\(number)").map {
                        StoredContent(id: RequestID(number), changedTime: $0)
                    }
                }
                // One in the wrong place is none of ours.
                let own = found.filter { self.folder(of: $0.id) == "\(folder)/\($0.id)" }
                if !own.isEmpty { return own }
            }
        }
        return []
    }

    /// Numbers of requests have at most so many millions.
    private static let millionsMax = Int64.max / 1_000_000

    /// Names that are numbers, in their order.
    private static func numbers(in path: String) throws(ContentError) -> [Int64] {
        guard let directory = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY) else { return [] }
        return try DirectoryListing.names(in: directory).compactMap { name in
            Int64(name).flatMap { String($0) == name && $0 >= 0 ? $0 : nil }
        }.sorted()
    }

    private static func changedTime(of path: String) throws(ContentError) -> Timestamp? {
        guard let folder = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY) else { return nil }
        let changed = try folder.status().st_mtim
        return Timestamp(milliseconds: Int64(changed.tv_sec) * 1000 + Int64(changed.tv_nsec) / 1_000_000)
    }
}
