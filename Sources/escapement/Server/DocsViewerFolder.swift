import Logging
import SchedulerAPI
import SchedulerHTTP

/// The folder of the viewer that shows the OpenAPI documents (`http.docsViewerDir`).
struct DocsViewerFolder {
    let path: String
    let logger: Logger

    /// Bytes of the largest file that is taken; the viewer's own are a fifth of it.
    static let fileBytesMax = 8 << 20

    /// Reads all its files.
    ///
    /// - Returns: nil, told in the log, where one of them cannot be read: a server needs no viewer.
    func read() -> DocsViewer? {
        do throws(Unreadable) {
            return try DocsViewer { file throws(Unreadable) in
                let name = "\(path)/\(file.rawValue)"
                do throws(SmallFileError) {
                    return try SmallFile.read(name, bytesMax: Self.fileBytesMax)
                } catch {
                    throw Unreadable(path: name, cause: error)
                }
            }
        } catch {
            logger.warning(
                "The viewer of the OpenAPI documents cannot be read, a plain list takes its place",
                metadata: ["file": "\(error.path)", "error": "\(error.cause)"]
            )
            return nil
        }
    }

    private struct Unreadable: Error {
        let path: String
        let cause: SmallFileError
    }
}
