import HTTPTypes
import Hummingbird
import NIOCore
import SchedulerAPI
import Testing

/// What the server answered.
struct Reply: Sendable {
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]

    /// The header without what each answer has for itself.
    var contentFields: HTTPFields {
        var fields = fields
        for name in ["X-Request-Id", "Server-Timing"].compactMap({ HTTPField.Name($0) }) { fields[name] = nil }
        return fields
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; null where it is none, which fails the test.
    var json: JSONValue {
        get throws { try JSONReader.read(body) }
    }

    func member(_ name: String) -> String? { (try? JSONReader.read(body))?[name]?.scalarText }

    /// Relations of the member `links`.
    var relations: [String] {
        guard let links = (try? JSONReader.read(body))?["links"] else { return [] }
        return links.elements.compactMap { $0["rel"]?.string }
    }

    /// Numbers of the requests of a list.
    var ids: [String] {
        guard let items = (try? JSONReader.read(body))?["items"] else { return [] }
        return items.elements.compactMap { $0["requestId"]?.scalarText }
    }

    /// Links of the member `links`.
    var hrefs: [String] {
        guard let links = (try? JSONReader.read(body))?["links"] else { return [] }
        return links.elements.compactMap { $0["href"]?.string }
    }

    var memberNames: [String] { (try? JSONReader.read(body))?.members.map(\.name) ?? [] }

    /// Expects an error of that status and code with all that REST §2.3 wants of errors.
    func expectError(_ status: Int, _ code: String, at place: SourceLocation = #_sourceLocation) {
        #expect(self.status == status, "\(text)", sourceLocation: place)
        #expect(member("errorCode") == code, "\(text)", sourceLocation: place)
        #expect(member("status") == String(status), sourceLocation: place)
        #expect(member("detail")?.hasPrefix("\(code): ") == true, "\(text)", sourceLocation: place)
        #expect(member("type") == "\(TestServer.publicURL)/errors/\(code)", sourceLocation: place)
        #expect(member("title")?.isEmpty == false, sourceLocation: place)
        #expect(fields[.contentLength] == String(body.count), sourceLocation: place)
    }

    func expect(_ status: Int, at place: SourceLocation = #_sourceLocation) {
        #expect(self.status == status, "\(text)", sourceLocation: place)
    }
}

/// Keeps what a response body writes.
final class CollectingWriter: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws { bytes.append(contentsOf: buffer.readableBytesView) }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
