import Foundation

/// The bytes of calls, as `admin`.
struct Messages: Sendable {
    static let requests = "/ess/rest/scheduler/v1/requests"

    private let common: String

    init(port: UInt16, password: String) {
        let credentials = Data("admin:\(password)".utf8).base64EncodedString()
        common = " HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAuthorization: Basic \(credentials)\r\n"
    }

    func get(_ path: String) -> [UInt8] { Array("GET \(path)\(common)\r\n".utf8) }

    func post(_ path: String, _ body: String = "") -> [UInt8] {
        let type = body.isEmpty ? "" : "Content-Type: application/json\r\n"
        return Array("POST \(path)\(common)\(type)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    func get(_ id: Int64) -> [UInt8] { get("\(Self.requests)/\(id)") }

    func action(_ action: String, _ id: Int64) -> [UInt8] { post("\(Self.requests)/\(id)/\(action)") }

    /// A submission of the size that callers send: two parameters, a description.
    /// Without `start` (RFC 3339) it is due at
    /// once.
    func submit(_ definition: String, start: String? = nil, argument: String = "DE") -> [UInt8] {
        submit(definition, argument: argument, more: start.map { #","startTime":"\#($0)""# } ?? "")
    }

    /// A submission with a schedule that has an instant in that second of each minute.
    func recurring(_ definition: String, second: Int) -> [UInt8] {
        let rule = "FREQ=MINUTELY;BYSECOND=\(second)"
        return submit(definition, argument: "DE", more: #","schedule":{"recurrences":[{"icalString":"\#(rule)"}]}"#)
    }

    private func submit(_ definition: String, argument: String, more: String) -> [UInt8] {
        post(
            Self.requests,
            #"{"jobDefinitionId":"JobDefinition://bench/\#(definition)","description":"Invoices of one country","#
                + #""requestParameters":[{"name":"submit.argument1","paramType":"STRING","value":"\#(argument)"},"#
                + #"{"name":"submit.argument2","paramType":"INTEGER","value":"42"}]\#(more)}"#
        )
    }

    /// A query in the grammar of `q`; `rest` is further parameters, each with its `&`.
    func list(_ filter: String, _ rest: String = "") -> [UInt8] {
        let encoded = filter.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? filter
        return get("\(Self.requests)?q=\(encoded)\(rest)")
    }
}
