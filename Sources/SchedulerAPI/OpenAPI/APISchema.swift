import SchedulerCore

/// What a value of a body or parameter looks like: a schema of JSON Schema 2020-12, as OpenAPI 3.1 takes it.
struct APISchema: Sendable {
    /// Keywords in their order.
    private var keywords: [(name: String, value: DocumentValue)]

    private init(_ keywords: [(name: String, value: DocumentValue)]) { self.keywords = keywords }

    private init(type: String, _ more: (String, DocumentValue)...) {
        keywords = [(name: "type", value: .text(type))] + more.map { (name: $0.0, value: $0.1) }
    }

    var value: DocumentValue { .object(keywords) }

    // MARK: - Kinds

    static let text = APISchema(type: "string")
    static let flag = APISchema(type: "boolean")
    static let int32 = APISchema(type: "integer", ("format", "int32"))
    static let int64 = APISchema(type: "integer", ("format", "int64"))
    static let url = APISchema(type: "string", ("format", "uri"))
    /// As answers write it: UTC with milliseconds.
    static let instant = APISchema(type: "string", ("format", "date-time"))
    /// A text, or a number or boolean, which is taken as its text; null counts as absent.
    static let scalar = APISchema([
        (name: "type", value: ["string", "number", "boolean", "null"])
    ])
    /// Any value.
    static let anything = APISchema([])

    static func integer(in range: ClosedRange<Int64>, standard: Int64? = nil) -> APISchema {
        var schema = int64.with("minimum", .number(range.lowerBound))
        if range.upperBound < .max { schema = schema.with("maximum", .number(range.upperBound)) }
        return standard.map { schema.with("default", .number($0)) } ?? schema
    }

    /// The wire names of an enumeration.
    static func oneOf<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) -> APISchema {
        oneOf(type.allCases.map(\.rawValue))
    }

    static func oneOf(_ names: [String]) -> APISchema {
        APISchema(type: "string", ("enum", .texts(names)))
    }

    static func list(of element: APISchema) -> APISchema { APISchema(type: "array", ("items", element.value)) }

    /// A schema of the document by its name.
    static func named(_ name: String) -> APISchema {
        APISchema([(name: "$ref", value: .text("#/components/schemas/\(name)"))])
    }

    /// Values under names that the caller chooses.
    static func map(of value: APISchema) -> APISchema {
        APISchema(type: "object", ("additionalProperties", value.value))
    }

    static func either(_ schemas: APISchema...) -> APISchema {
        APISchema([(name: "anyOf", value: .list(schemas.map(\.value)))])
    }

    /// An object of an answer: absent members are left out, never null.
    static func answer(_ members: KeyValuePairs<String, APISchema>, required: [String] = []) -> APISchema {
        answer(members.map { ($0.key, $0.value) }, required: required)
    }

    static func answer(_ members: [(String, APISchema)], required: [String] = []) -> APISchema {
        let properties = members.map { (name: $0.0, value: $0.1.value) }
        let schema = APISchema(type: "object", ("properties", .object(properties)))
        return required.isEmpty ? schema : schema.with("required", .texts(required))
    }

    /// An object of a call's body: null is as good as absent, unknown members are for nobody (REST §2.5).
    static func body(_ members: KeyValuePairs<String, APISchema>, required: [String] = []) -> APISchema {
        answer(members.map { ($0.key, required.contains($0.key) ? $0.value : $0.value.orNull) }, required: required)
    }

    /// A list as `/api/v1` answers it: how many are here, and they.
    static func items(of element: APISchema, _ more: KeyValuePairs<String, APISchema> = [:]) -> APISchema {
        let members = [("count", APISchema.int64), ("items", list(of: element))] + more.map { ($0.key, $0.value) }
        return answer(members, required: ["count", "items"])
    }

    // MARK: - More about one

    func with(_ name: String, _ value: DocumentValue) -> APISchema {
        APISchema(keywords + [(name: name, value: value)])
    }

    func about(_ text: String) -> APISchema { with("description", .text(text)) }

    /// Has members beside those that are listed.
    func open() -> APISchema { with("additionalProperties", true) }

    func length(_ range: ClosedRange<Int64>) -> APISchema {
        with("minLength", .number(range.lowerBound)).with("maxLength", .number(range.upperBound))
    }

    func atMost(_ count: Int) -> APISchema { with("maxItems", .number(Int64(count))) }

    private var orNull: APISchema {
        guard let first = keywords.first, first.name == "type" else { return .either(self, APISchema(type: "null")) }
        guard case .text(let type) = first.value else { return self }
        guard !keywords.contains(where: { $0.name == "enum" }) else { return .either(self, APISchema(type: "null")) }
        return APISchema([(name: "type", value: [.text(type), "null"])] + keywords.dropFirst())
    }
}
