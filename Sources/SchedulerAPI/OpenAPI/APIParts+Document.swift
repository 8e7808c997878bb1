extension APIParameter {
    var value: DocumentValue {
        var members: [(name: String, value: DocumentValue)] = [
            (name: "name", value: .text(name)), (name: "in", value: .text(place.rawValue)),
            (name: "description", value: .text(about)),
        ]
        if isRequired { members.append((name: "required", value: true)) }
        members.append((name: "schema", value: schema.value))
        if let example { members.append((name: "example", value: example)) }
        return .object(members)
    }
}

extension APIBody {
    var value: DocumentValue {
        var media: [(name: String, value: DocumentValue)] = [(name: "schema", value: schema.value)]
        if let example { media.append((name: "example", value: example)) }
        return [
            "required": true,
            "content": .object(types.map { (name: $0, value: .object(media)) }),
        ]
    }
}

extension APIAnswer {
    var value: DocumentValue {
        var members: [(name: String, value: DocumentValue)] = [(name: "description", value: .text(about))]
        if !fields.isEmpty {
            let headers = fields.map { (name: $0.name, value: Self.field($0.about)) }
            members.append((name: "headers", value: .object(headers)))
        }
        if !content.isEmpty {
            let media = content.map { (name: $0.type, value: ["schema": $0.schema.value] as DocumentValue) }
            members.append((name: "content", value: .object(media)))
        }
        if !links.isEmpty {
            let all = links.map { link in
                (
                    name: link.name,
                    value: ["operationId": .text(link.operation), "parameters": link.parameters] as DocumentValue
                )
            }
            members.append((name: "links", value: .object(all)))
        }
        return .object(members)
    }

    static func field(_ about: String) -> DocumentValue {
        ["description": .text(about), "schema": APISchema.text.value]
    }
}
