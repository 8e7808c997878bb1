import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
package import SchedulerAPI
import SchedulerCore

/// The files of the documents' page, as they were when the server started: hashed, compressed and ready to be sent.
package struct DocsViewer: Sendable {
    private let files: [DocsFile: File]

    private struct File {
        let plain: Version
        /// Nil where it would not be smaller.
        let compressed: Version?
    }

    private struct Version {
        let body: ByteBuffer
        /// An encoding of a file is a thing of its own (RFC 9110 §8.8.3.3).
        let tag: String

        init(_ bytes: [UInt8], of digest: String, encoding: String = "") {
            body = ByteBuffer(bytes: bytes)
            tag = "\"\(digest)\(encoding)\""
        }
    }

    /// - Parameter read: gives the content of an installed file.
    /// - Throws: what `read` throws.
    package init<Failure: Error>(reading read: (DocsFile) throws(Failure) -> [UInt8]) throws(Failure) {
        var files: [DocsFile: File] = [:]
        for file in DocsFile.allCases {
            let bytes = if let text = file.text { Array(text.utf8) } else { try read(file) }
            let digest = Array(SHA256.hash(data: bytes).prefix(Self.digestBytes)).hexadecimal
            let compressed = bytes.count < GzipEncoding.bytesMin ? nil : GzipEncoding.encode(bytes)
            files[file] = File(
                plain: Version(bytes, of: digest),
                compressed: compressed.map { Version($0, of: digest, encoding: "-gzip") }
            )
        }
        self.files = files
    }

    /// Bytes of a hash that tell two versions of a file apart.
    private static let digestBytes = 16

    /// A file; the body is left out for a browser that has it. Browsers ask each time, since another version has the
    /// same name.
    func answer(_ file: DocsFile, acceptEncoding: String?, known: String?) -> Answer? {
        guard let content = files[file] else { return nil }
        let isCompressed = content.compressed != nil && ContentNegotiation.takesGzip(acceptEncoding)
        let version = isCompressed ? content.compressed ?? content.plain : content.plain
        let fields: HTTPFields = [.eTag: version.tag, .cacheControl: "private, no-cache", .vary: "Accept-Encoding"]
        if let known, EntityTag.isNamed(version.tag, by: known) { return Answer(status: .notModified, fields: fields) }
        var answer = Answer(fields: fields, body: ResponseBody(byteBuffer: version.body))
        answer.fields[.contentType] = file.contentType
        answer.fields[.xContentTypeOptions] = "nosniff"
        if isCompressed { answer.fields[.contentEncoding] = "gzip" }
        return answer
    }
}
