import Documents
import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import SchedulerTesting

/// A test server whose catalogue is stored, so that calls can change it.
struct MetadataServer: Sendable {
    let server: TestServer

    init() async throws {
        server = try await TestServer()
        let objects = try TestCatalogue.contents.map { content in
            (id: content.id.description, document: try ObjectCodec.encode(content) { $0 })
        }
        _ = try await server.store.putMetadata(objects, origin: "API", unlessPresent: false)
        _ = try await metadata.list(.role, MetadataListing(limit: 1), caller: caller("adam"))
    }

    var metadata: MetadataService { server.services.metadata }

    /// A call below `/api/v1/metadata`, or of a whole path.
    @discardableResult
    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        as user: String = "adam",
        body: String? = nil,
        fields: HTTPFields = [:]
    ) async throws -> Reply {
        let path = path.hasPrefix("/") ? path : "/api/v1/metadata/\(path)"
        return try await server.call(method, path, as: user, body: body, fields)
    }

    func caller(_ user: String) -> Caller {
        let user = server.catalogue.current.user(named: user) ?? TestCatalogue.user(user)
        return Caller(principal: Principal(user), authMethod: "basic")
    }

    func stored(_ id: String) async throws -> StoredMetadata {
        try present(await server.store.metadata().first { $0.id == id })
    }

    func stored(_ id: SchedulerCore.RequestID) async throws -> JobRequest { try await server.stored(id) }

    func submit(_ definition: String) async throws -> SchedulerCore.RequestID {
        try await server.submit(definition, as: "anna")
    }

    func cancel(_ id: SchedulerCore.RequestID) async throws { try await server.perform(.cancel, on: id) }

    /// Stores an object as if it came from elsewhere.
    func put(_ id: String, _ document: String, origin: String) async throws {
        let reading = DocumentReader.read(Array(document.utf8), as: .json, file: "")
        let content = try present(reading.documents.first?.content)
        let text = try ObjectCodec.encode(content) { $0 }
        _ = try await server.store.putMetadata([(id, text)], origin: origin, unlessPresent: false)
    }
}
