import HTTPTypes
import SchedulerAPI
import SchedulerHTTP
import Testing

/// Lays every answer of the test server beside the OpenAPI documents: status, type, code and body.
struct ContractCheck: Sendable {
    private let apis: [DescribedAPI]

    static let documented = ContractCheck(.documented)
    static let fusion = ContractCheck(.fusion)

    private init(_ profile: CompatibilityProfile) {
        do {
            apis = try DescribedAPI.all(in: profile)
        } catch {
            Issue.record("No document: \(error)")
            apis = []
        }
    }

    /// Records an issue for each thing about the answer that the documents do not say.
    func check(_ method: HTTPRequest.Method, _ path: String, _ reply: Reply) {
        let found = problems(method, path, reply)
        if !found.isEmpty { Issue.record("\(method) \(path) \(reply.status): \(found.joined(separator: "; "))") }
    }

    private func problems(_ method: HTTPRequest.Method, _ path: String, _ reply: Reply) -> [String] {
        let route = RequestPath(String(path.prefix { $0 != "?" })).route
        let name = method == .head ? "get" : method.rawValue.lowercased()
        for api in apis {
            guard let route, let operation = api.operations[route.template]?[name] else { continue }
            // A compressed body is looked at where it comes as it is.
            let hasBody = method != .head && reply.fields[.contentEncoding] == nil
            return problems(reply, of: operation, in: api, hasBody: hasBody)
        }
        // What is no operation is refused, but for OPTIONS.
        guard method != .options || reply.status != 204, method != .head else { return [] }
        guard reply.status >= 400 else { return ["an operation that is not described"] }
        return refusalProblems(reply)
    }

    private func problems(
        _ reply: Reply,
        of operation: JSONValue,
        in api: DescribedAPI,
        hasBody: Bool
    ) -> [String] {
        guard let response = operation["responses"]?[String(reply.status)] else {
            return ["status \(reply.status) is not described: \(reply.text.prefix(200))"]
        }
        guard let content = response["content"] else {
            return reply.body.isEmpty ? [] : ["a body that is not described"]
        }
        let type = reply.fields[.contentType] ?? ""
        guard let schema = content[type]?["schema"] else { return ["type \(type) is not described"] }
        guard hasBody, type.contains("json") else { return [] }
        guard let value = try? JSONReader.read(reply.body) else { return ["no JSON"] }
        var found = SchemaCheck(api).problems(value, schema)
        if let codes = response["x-errorCodes"], let code = value["errorCode"]?.string,
            !codes.elements.contains(where: { $0.string == code })
        {
            found.append("\(code) is not described")
        }
        return found
    }

    /// Where there is no operation: the one error body all the same.
    private func refusalProblems(_ reply: Reply) -> [String] {
        guard let api = apis.last, let value = try? JSONReader.read(reply.body) else { return ["no error body"] }
        return SchemaCheck(api).problems(value, (try? api.schema("SimpleExceptionDetail")) ?? value)
    }
}
