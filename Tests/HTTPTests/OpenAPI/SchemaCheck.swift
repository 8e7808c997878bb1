import Foundation
import SchedulerAPI

/// Lays a value beside a schema of an OpenAPI document: the keywords that our documents use, and stricter in one point:
/// a member that an object's schema does not list is wrong, unless the object is open.
struct SchemaCheck {
    let api: DescribedAPI
    private let schemas: [String: JSONValue]

    init(_ api: DescribedAPI) {
        self.api = api
        schemas = api.schemas
    }

    /// What does not fit, with where it stands; empty if all does.
    func problems(_ value: JSONValue, _ schema: JSONValue, at path: String = "$") -> [String] {
        if let reference = schema["$ref"]?.string {
            let name = reference.split(separator: "/").last.map { String($0) } ?? ""
            guard let target = schemas[name] else { return ["\(path): no schema \(reference)"] }
            return problems(value, target, at: path)
        }
        if let choices = schema["anyOf"], schema["type"] == nil {
            let fits = choices.elements.contains { problems(value, $0, at: path).isEmpty }
            return fits ? [] : ["\(path): fits none of its schemas"]
        }
        var found: [String] = []
        if let type = schema["type"], !Self.types(type).contains(where: { Self.fits(value, $0) }) {
            return ["\(path): \(value.kind) is no \(Self.types(type).joined(separator: " or "))"]
        }
        if let text = value.string {
            if schema["enum"] != nil, !DescribedAPI.values(schema).contains(text) { found.append("\(path): \(text)") }
            if !Self.fits(text, format: schema["format"]?.string) { found.append("\(path): \(text) has no such form") }
        }
        found += numberProblems(value, schema, path)
        if value.kind == .array, let items = schema["items"] {
            for (index, element) in value.elements.enumerated() {
                found += problems(element, items, at: "\(path)[\(index)]")
            }
        }
        if value.kind == .object { found += memberProblems(value, schema, path) }
        return found
    }

    private func memberProblems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        var found: [String] = []
        for name in schema["required"]?.elements.compactMap(\.string) ?? [] where value[name] == nil {
            found.append("\(path): \(name) is missing")
        }
        for member in value.members {
            if let property = schema["properties"]?[member.name] {
                found += problems(member.value, property, at: "\(path).\(member.name)")
            } else if let others = schema["additionalProperties"] {
                if others.kind == .object { found += problems(member.value, others, at: "\(path).\(member.name)") }
            } else if schema["type"] != nil {
                found.append("\(path): \(member.name) is not described")
            }
        }
        return found
    }

    private func numberProblems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard value.kind == .number, let number = value.scalarText.flatMap({ Int64($0) }) else { return [] }
        let least = schema["minimum"]?.scalarText.flatMap { Int64($0) } ?? .min
        let most = schema["maximum"]?.scalarText.flatMap { Int64($0) } ?? .max
        let widest = schema["format"]?.string == "int32" ? Int64(Int32.min)...Int64(Int32.max) : .min ... .max
        return number >= least && number <= most && widest.contains(number) ? [] : ["\(path): \(number)"]
    }

    private static func types(_ type: JSONValue) -> [String] {
        type.string.map { [$0] } ?? type.elements.compactMap(\.string)
    }

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "integer": value.kind == .number && value.scalarText.flatMap { Int64($0) } != nil
        default: value.kind.rawValue == type
        }
    }

    private static func fits(_ text: String, format: String?) -> Bool {
        switch format {
        case "date-time":
            text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
        case "uri": URL(string: text)?.scheme != nil
        default: true
        }
    }
}
