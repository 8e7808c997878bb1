/// A parameter in path, query or header.
struct APIParameter: Sendable {
    enum Place: String, Sendable {
        case path, query, header
    }

    let name: String
    let place: Place
    let about: String
    let schema: APISchema
    var isRequired = false
    var example: DocumentValue?

    static func path(_ name: String, _ about: String, _ schema: APISchema = .text) -> APIParameter {
        APIParameter(name: name, place: .path, about: about, schema: schema, isRequired: true)
    }

    static func query(_ name: String, _ about: String, _ schema: APISchema = .text) -> APIParameter {
        APIParameter(name: name, place: .query, about: about, schema: schema)
    }

    static func header(_ name: String, _ about: String, _ schema: APISchema = .text) -> APIParameter {
        APIParameter(name: name, place: .header, about: about, schema: schema)
    }

    func required() -> APIParameter {
        var copy = self
        copy.isRequired = true
        return copy
    }

    func example(_ value: DocumentValue) -> APIParameter {
        var copy = self
        copy.example = value
        return copy
    }
}
