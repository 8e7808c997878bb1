/// The fields of metadata objects that `q` and `orderBy` of their lists know (administration §3).
package enum MetadataField: String, FilterField {
    case name
    case package
    case displayName
    case description
    case application
    case effectiveApplication
    case jobType
    case executionType
    case executionMode
    case product
    case origin
    case updatedTime

    package var type: FilterFieldType {
        switch self {
        case .name, .package, .displayName, .description, .application, .effectiveApplication, .product: .string
        case .jobType: .metadataID(.jobType)
        case .executionType: .enumeration(ExecutionType.allCases.map(\.rawValue))
        case .executionMode: .enumeration(ExecutionMode.allCases.map(\.rawValue))
        case .origin: .enumeration(MetadataOrigin.allCases.map(\.rawValue))
        case .updatedTime: .dateTime
        }
    }
}

extension MetadataObject {
    private static let unassigned = "Unassigned"

    /// Value of a query field; nil where it has none.
    ///
    /// - Parameters:
    ///   - field: which.
    ///   - catalogue: tells what a definition inherits.
    /// - Returns: text of enumerations as their wire name.
    package func value(of field: MetadataField, in catalogue: Catalogue) -> FilterValue? {
        switch field {
        case .name: .text(id.name)
        case .package: id.package.isEmpty ? nil : .text(id.package)
        case .displayName: content.displayName.map { .text($0) }
        case .description: content.description.map { .text($0) }
        case .application: application.map { .text($0) }
        case .effectiveApplication: effectiveApplication(in: catalogue).map { .text($0) }
        case .jobType: jobType.map { .text($0.description) }
        case .executionType: executionType(in: catalogue).map { .text($0.rawValue) }
        case .executionMode: content.jobSet.map { .text($0.executionMode.rawValue) }
        case .product: parameter("SYS_product", in: catalogue).map { .text($0) }
        case .origin: .text(origin.rawValue)
        case .updatedTime: updatedTime.map { .dateTime($0) }
        }
    }

    /// Whether it belongs to the application, or what it describes runs as the application's.
    ///
    /// - Parameters:
    ///   - name: of the application, compared byte for byte.
    ///   - catalogue: tells what a definition inherits.
    /// - Returns: whether the object names it.
    package func names(application name: String, in catalogue: Catalogue) -> Bool {
        [application, effectiveApplication(in: catalogue)].contains { $0?.utf8.elementsEqual(name.utf8) == true }
    }

    private var application: String? {
        switch content {
        case .jobDefinition(let definition): definition.application
        case .jobSet(let set): set.application
        default: nil
        }
    }

    private var jobType: MetadataObjectID? {
        switch content {
        case .jobDefinition(let definition): definition.jobType
        case .jobType(let type): type.extends
        default: nil
        }
    }

    /// What requests run as, where the metadata alone decides that.
    private func effectiveApplication(in catalogue: Catalogue) -> String? {
        let declared = parameter("SYS_effectiveApplication", in: catalogue)
        return declared.flatMap { $0 == Self.unassigned ? nil : $0 } ?? application
    }

    private func executionType(in catalogue: Catalogue) -> ExecutionType? {
        switch content {
        case .jobDefinition: catalogue.resolvedDefinition(id)?.root.executionType
        case .jobType(let type): type.executionType
        default: nil
        }
    }

    private func parameter(_ name: String, in catalogue: Catalogue) -> String? {
        let found: Parameter? =
            switch content {
            case .jobDefinition: catalogue.resolvedDefinition(id)?.table[name]
            case .jobSet(let set): set.parameters.last { $0.name == name }
            case .jobType(let type): type.parameters.last { $0.name == name }
            default: nil
            }
        guard let found, !found.isSecret else { return nil }
        return found.value
    }
}
