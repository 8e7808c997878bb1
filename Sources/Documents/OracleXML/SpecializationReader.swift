import SchedulerCore

/// Reads a tree of AND, OR, NOT and CONDITION as a filter.
struct SpecializationReader {
    private typealias Tree = Filter<SpecializationField>

    let report: ImportReport

    /// Names of comparisons.
    private static let comparisons: [String: FilterOperator] = [
        "equals": .equal, "equal": .equal, "eq": .equal, "=": .equal, "==": .equal, "is": .equal,
        "notequals": .notEqual, "notequal": .notEqual, "ne": .notEqual, "!=": .notEqual, "<>": .notEqual,
        "contains": .contains, "co": .contains,
        "startswith": .startsWith, "startwith": .startsWith, "beginswith": .startsWith, "sw": .startsWith,
        "endswith": .endsWith, "endwith": .endsWith, "ew": .endsWith,
    ]

    /// The filter in the query grammar; nil where there is none, or where something is wrong, which is reported.
    mutating func filter(_ reader: inout ElementReader) -> String? {
        let errors = report.errorCount
        defer { reader.finish() }
        let element = reader.element
        if reader.isLeaf, element.attributes.isEmpty, element.text.trimmingXMLBlanks.isEmpty { return nil }
        let tree = reader.isLeaf ? condition(&reader) : parts(&reader, joinedBy: Tree.and)
        guard let tree, report.errorCount == errors else { return nil }
        do throws(SchedulerError) {
            return try Specialization(parsing: tree.description).text
        } catch {
            report.add(.error, reader.place, ImportReport.quoted(error.message))
            return nil
        }
    }

    /// What an element means; nil, and reported, for one that means nothing.
    private func node(_ reader: inout ElementReader) -> Tree? {
        switch reader.key {
        case "and": return parts(&reader, joinedBy: Tree.and)
        case "or": return parts(&reader, joinedBy: Tree.or)
        case "not":
            guard reader.element.children.count == 1 else {
                report.add(.error, reader.place, "NOT turns exactly one condition round")
                return nil
            }
            return parts(&reader, joinedBy: Tree.and).map { .not($0) }
        case "condition": return condition(&reader)
        default:
            report.add(.error, reader.place, "is none of AND, OR, NOT, CONDITION")
            return nil
        }
    }

    private func parts(_ reader: inout ElementReader, joinedBy join: ([Tree]) -> Tree) -> Tree? {
        let children = reader.children(of: { _ in true })
        let parts = children.compactMap { child -> Tree? in
            var child = child
            let tree = node(&child)
            child.finish()
            return tree
        }
        guard let first = parts.first else {
            if children.isEmpty { report.add(.error, reader.place, "holds no condition") }
            return nil
        }
        return parts.count == 1 ? first : join(parts)
    }

    // MARK: - Conditions

    private func condition(_ reader: inout ElementReader) -> Tree? {
        let property = reader.text("property", "propertyname", "name", "field", "attribute", "key")
        let comparison = reader.text("operator", "op", "comparator", "comparison")
        let value = reader.text("value", "values")
        let own = reader.isLeaf ? reader.ownText() : nil
        if let property {
            guard let value = value ?? own, !value.text.isEmpty else {
                report.add(.error, reader.place, "a condition without value")
                return nil
            }
            return tree(property, comparison?.text ?? "equals", value)
        }
        guard let own, let words = Self.words(own.text) else {
            report.add(.error, reader.place, "a condition that names no property")
            return nil
        }
        func found(_ text: String) -> FoundText { FoundText(raw: text, place: own.place) }
        return tree(found(words.property), words.comparison, found(words.value))
    }

    private func tree(_ property: FoundText, _ comparison: String, _ value: FoundText) -> Tree? {
        let key = XMLName.key(property.text)
        guard let field = SpecializationField.allCases.first(where: { XMLName.key($0.rawValue) == key }) else {
            let fields = SpecializationField.allCases.map(\.rawValue).joined(separator: ", ")
            report.add(.error, property.place, "\(ImportReport.quoted(property.text)) is none of \(fields)")
            return nil
        }
        guard let comparison = Self.comparisons[XMLName.key(comparison)], field.operators.contains(comparison) else {
            report.add(.error, property.place, "\(ImportReport.quoted(comparison)) does not compare \(field.rawValue)")
            return nil
        }
        guard field.type == .int64 else { return .comparison(field, comparison, .text(text(value, field, comparison))) }
        guard let number = Int64(value.text) else {
            report.add(.error, value.place, "\(ImportReport.quoted(value.text)) is no whole number")
            return nil
        }
        return .comparison(field, comparison, .integer(number))
    }

    /// Ids of definitions are compared in their canonical form.
    private func text(_ value: FoundText, _ field: SpecializationField, _ comparison: FilterOperator) -> String {
        guard case .metadataID(let kind) = field.type, comparison.isEquality else { return value.text }
        let id = MetadataObjectID.canonicalText(value.text.replacingXMLBlanks, default: kind) ?? value.text
        if id != value.text { report.add(.changed, value.place, "is \(ImportReport.quoted(id))") }
        return id
    }

    /// `PRODUCT = 'GL'` taken apart.
    private static func words(_ text: String) -> (property: String, comparison: String, value: String)? {
        let property = text.prefix { $0.isLetter || $0 == "_" || $0 == "-" }
        let rest = text.dropFirst(property.count).drop { $0.isWhitespace }
        let symbols = rest.prefix { "=!<>".contains($0) }
        let comparison = symbols.isEmpty ? rest.prefix { $0.isLetter || $0 == "_" || $0 == "-" } : symbols
        var value = rest.dropFirst(comparison.count).drop { $0.isWhitespace }
        for quote in ["'", "\""] where value.count > 1 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            value = value.dropFirst().dropLast()
        }
        guard !property.isEmpty, !comparison.isEmpty, !value.isEmpty else { return nil }
        return (String(property), String(comparison), String(value))
    }
}
