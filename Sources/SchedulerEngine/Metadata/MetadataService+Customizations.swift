import Documents
package import SchedulerCore

extension MetadataService {
    /// Values that are customised of an object, by property.
    ///
    /// - Throws: ESS-30001; `StoreFault`.
    package func customizations(
        _ id: MetadataObjectID,
        caller: Caller
    ) async throws -> [CustomizableProperty: String] {
        try await readable(id, caller: caller).object.customizations
    }

    /// Gives a definition or set, of whatever origin, a value beside its document, or takes it back.
    ///
    /// - Parameters:
    ///   - id: of the object.
    ///   - name: of the property.
    ///   - value: nil = what the document says counts again.
    ///   - caller: needs UPDATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Throws: ESS-30001, 30008, 30002; `StoreFault`.
    package func customize(
        _ id: MetadataObjectID,
        _ name: String,
        _ value: String?,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws {
        let (object, snapshot) = try await readable(id, caller: caller)
        let entry = caller.audit("customize")
        do throws(MetadataDenial) {
            try MetadataRights(caller, snapshot.catalogue).require(.update, on: object.id)
        } catch {
            await denials.record(error.error, entry: entry, target: error.target)
            throw error.error
        }
        guard CustomizableProperty.kinds.contains(object.id.kind) else {
            throw SchedulerError(30002, "nothing of a \(object.id.kind.rawValue) can be customised")
        }
        guard let property = CustomizableProperty(rawValue: name) else {
            let names = CustomizableProperty.allCases.map(\.rawValue).joined(separator: ", ")
            throw SchedulerError(30002, "\(name.prefix(Self.quotedCharacters)) is none of \(names)")
        }
        if let misfit = value.flatMap(property.misfit) {
            throw SchedulerError(30002, "\(property.rawValue): \(misfit.text)")
        }
        let change = MetadataChange(
            object.id.description,
            .customize(property: property.rawValue, value: value),
            diff: MetadataDifference.text(
                path: "/customizations/\(property.rawValue)",
                from: object.customizations[property],
                to: value
            )
        )
        do {
            _ = try await source.store.changeMetadata(MetadataChangeSet([change]), audit: entry, call: call)
        } catch is MetadataConflict {
            throw SchedulerError(30001, object.id.description)
        }
        _ = try await source.current()
    }

    /// Characters of a name from outside that an error quotes.
    private static let quotedCharacters = 200
}
