import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// The members that bodies are described with are those that their decoders read.
@Suite("OpenAPI documents: bodies")
struct BodySchemaTests {
    /// A body that its decoder takes, to which wrong members are added.
    struct Sample: Sendable, CustomTestStringConvertible {
        let schema: String
        let members: String
        let decode: @Sendable ([UInt8]) throws -> Void
        /// Index of the document.
        var api = 0

        var testDescription: String { schema }
    }

    private static let handle = #""requestId":1,"requestHandle":"x""#

    static let samples: [Sample] = [
        Sample(schema: "SubmitRequest", members: #""jobDefinitionId":"a/B""#) { _ = try SubmitBody(json: $0) },
        Sample(schema: "UpdateRequest", members: #""startTime":"2027-01-01T00:00Z""#) { _ = try UpdateBody(json: $0) },
        Sample(schema: "SubmitArgsRequest", members: #""arguments":[]"#) { _ = try SubmitArgsBody(json: $0) },
        Sample(schema: "CallbackSubscriptionRequest", members: #""callbackUrlPrefix":"a","callbackResourcePath":"b""#) {
            _ = try CallbackSubscriptionBody(json: $0)
        },
        Sample(schema: "ExecutionStatusRequest", members: #""status":"SUCCESS""#) {
            _ = try ExecutionStatusBody(json: $0)
        },
        Sample(schema: "CheckInRequest", members: #""requestExecutionContext":"1,x""#) {
            _ = try CheckInBody(json: $0)
        },
        Sample(schema: "ScheduleInput", members: #""inclusions":["2027-01-01T00:00Z"]"#) {
            _ = try ScheduleBody(JSONReader.read($0))
        },
        Sample(schema: "RequestParameterInput", members: #""name":"x""#) {
            _ = try RequestParameterBody(JSONReader.read($0))
        },
        Sample(schema: "RequestExecutionContext", members: handle) {
            _ = try RequestExecutionContext(JSONReader.read($0))
        },
        Sample(
            schema: "PriorityRequest",
            members: #""priority":1"#,
            decode: { _ = try PriorityBody(json: $0) },
            api: 1
        ),
        Sample(
            schema: "RecoverRequest",
            members: #""outcome":"RETRY""#,
            decode: { _ = try RecoverBody(json: $0) },
            api: 1
        ),
        Sample(
            schema: "CompleteRequest",
            members: #""status":"SUCCESS","attestation":true"#,
            decode: { _ = try CompleteBody(json: $0) },
            api: 1
        ),
        Sample(
            schema: "PreviewRequest",
            members: #""scheduleId":"x""#,
            decode: { _ = try PreviewBody(json: $0) },
            api: 1
        ),
        Sample(
            schema: "WorkloadTestRequest",
            members: #""jobDefinitionId":"a/B""#,
            decode: { _ = try WorkloadTestBody(json: $0, userName: "anna") },
            api: 1
        ),
        Sample(schema: "BindingRequest", members: "", decode: { _ = try BindingBody(json: $0) }, api: 1),
        Sample(
            schema: "PurgeRunRequest",
            members: #""criteria":{}"#,
            decode: { _ = try PurgeRunBody(json: $0) },
            api: 1
        ),
        Sample(
            schema: "SecretRequest",
            members: #""value":"x","definitions":[]"#,
            decode: { _ = try SecretBody(json: $0) },
            api: 1
        ),
        Sample(schema: "CopyRequest", members: #""name":"x""#, decode: { _ = try CopyBody(json: $0) }, api: 1),
        Sample(
            schema: "CustomizationRequest",
            members: #""value":"x""#,
            decode: { _ = try CustomizationBody(json: $0) },
            api: 1
        ),
    ]

    @Test("each described member is read: a value of a wrong type is refused by name", arguments: samples)
    func describedMembersAreRead(sample: Sample) throws {
        let api = try DescribedAPI.all(in: .documented)[sample.api]
        let members = try api.members(of: sample.schema)
        #expect(!members.isEmpty)
        for member in members {
            // No member is an object with this member only and a list of such objects at once.
            let refusals = ["[[0]]", "{}", "7"].compactMap { wrong -> SchedulerError? in
                // The older pair of names is looked at together.
                let beside = member == "jobPackageName" ? #""jobDefinitionName":"B","# : #""jobPackageName":"a","#
                let pair = ["jobPackageName", "jobDefinitionName"].contains(member) ? beside : ""
                let body = "{\(sample.members.isEmpty ? "" : sample.members + ",")\(pair)\"\(member)\":\(wrong)}"
                do {
                    try sample.decode(Array(body.utf8))
                    return nil
                } catch {
                    return error as? SchedulerError
                }
            }
            let isNamed = refusals.contains { $0.arguments.contains { $0.contains(member) } }
            #expect(isNamed, "\(sample.schema).\(member): \(refusals)")
        }
    }

    @Test("each member that a decoder names is described, and each body has a sample")
    func readMembersAreDescribed() throws {
        let apis = try DescribedAPI.all(in: .documented)
        let schemas = apis.flatMap { api in
            api.schemas.filter { $0.key.hasSuffix("Request") || $0.key.hasSuffix("Input") }
        }
        let untested: Set<String> = ["DocumentsRequest"]
        #expect(Set(schemas.map(\.key)).subtracting(Self.samples.map(\.schema)) == untested)
        var described: Set<String> = []
        for api in apis {
            let text = String(describing: Self.names(try JSONReader.read(Self.bytes(of: api))))
            described.formUnion(text.split { !$0.isLetter && !$0.isNumber }.map { String($0) })
        }
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Sources/SchedulerAPI/Wire"
        )
        let reads = /(?:[mM]ember|required|present|elements|list)\((?:of: )?"(\w+)"/
        var count = 0
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: reads) {
                count += 1
                #expect(described.contains(String(match.output.1)), "\(file.lastPathComponent): \(match.output.1)")
            }
        }
        #expect(count > 50)
    }

    private static func bytes(of api: DescribedAPI) -> [UInt8] {
        let document =
            api.operations.keys.contains(LinkBuilder.apiPath)
            ? ESSDocument.document(in: .documented) : AdministrationDocument.document(in: .documented)
        return document.encoded(publicURL: TestServer.publicURL)
    }

    /// Names of the properties of all schemas of bodies.
    private static func names(_ value: JSONValue) -> [String] {
        let below = value.members.flatMap { names($0.value) } + value.elements.flatMap { names($0) }
        return below + (value["properties"]?.members.map(\.name) ?? [])
    }
}
