package import Documents
package import SchedulerCore

extension MetadataService {
    /// What a file of Oracle's has given.
    package struct Imported {
        package let reading: OracleXMLReading
        /// Nil where nothing was to be written.
        package let applied: Applied?
    }

    /// Reads a file of Oracle's and, if asked to, stores what it holds, all or nothing (administration §3).
    ///
    /// What the report calls an error is left out of both; an object that names one that was left out is not stored.
    ///
    /// - Parameters:
    ///   - bytes: XML.
    ///   - options: what the file does not say itself.
    ///   - writes: whether the objects are stored.
    ///   - caller: to write needs the right to each change.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the objects and the report.
    /// - Throws: `MetadataRefusal` with ESS-30002 where the file as a whole is refused; the codes of `apply`.
    package func importing(
        _ bytes: [UInt8],
        _ options: OracleXMLOptions,
        writes: Bool,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> Imported {
        var options = options
        options.isStrict = !recurrence.extensions
        let reading = OracleXMLReader.read(bytes, options)
        if let refusal = reading.refusalOfFile {
            throw MetadataRefusal(DocumentErrors([refusal]))
        }
        guard writes else { return Imported(reading: reading, applied: nil) }
        let applied = try await commit(
            origin: .imported,
            comment: options.source.isEmpty ? "import" : "import of \(options.source)",
            caller: caller,
            call: call
        ) { snapshot, rights in
            let plan = try MetadataPlanner(current: snapshot.objects)
                .plan([reading.withoutLeftOut], origin: .imported)
            for item in plan.items where item.action != .none { try Self.authorize(item, rights) }
            return plan
        }
        return Imported(reading: reading, applied: applied)
    }
}
