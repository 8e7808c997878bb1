import Foundation

/// What the file system says about one path, links not followed.
struct FileStatus {
    enum Kind {
        case file
        case directory
        case link
        case other
    }

    let kind: Kind
    let isWorldWritable: Bool
    let isGroupWritable: Bool

    /// Nil unless the path exists and may be looked at.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            default: .other
            }
        isWorldWritable = status.st_mode & S_IWOTH != 0
        isGroupWritable = status.st_mode & S_IWGRP != 0
    }

    /// The path with all links resolved; nil if it leads nowhere.
    static func resolved(_ path: String) -> String? {
        guard let buffer = realpath(path, nil) else { return nil }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
