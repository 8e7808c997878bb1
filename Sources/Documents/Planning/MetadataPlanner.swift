package import SchedulerCore

/// Lays documents beside the stored objects and says what would change. Writes nothing, knows no rights.
package struct MetadataPlanner {
    /// What is stored, built-in objects left out.
    private let current: [MetadataObject]
    private let byID: [MetadataObjectID: MetadataObject]

    package init(current: [MetadataObject]) {
        self.current = current.filter { $0.origin != .builtIn }
        byID = Dictionary(self.current.map { ($0.id, $0) }) { _, last in last }
    }

    /// Plans what documents change.
    ///
    /// Secrets that a document leaves out, or shows as asterisks, are those of the stored object.
    ///
    /// - Parameters:
    ///   - readings: of the documents.
    ///   - origin: of what they create.
    ///   - prefix: package in and below which objects of the API or of imports are deleted that no document names; nil:
    ///     nothing is.
    /// - Returns: an item for each document and each deletion.
    /// - Throws: `MetadataRefusal`: ESS-30007 (built-in), 30002, 30003 (documents), 30004 (deleted, but named).
    package func plan(
        _ readings: [DocumentReader.Reading],
        origin: MetadataOrigin,
        prune prefix: String? = nil
    ) throws(MetadataRefusal) -> MetadataPlan {
        let given = readings.flatMap(\.documents)
        for document in given {
            guard let builtIn = Catalogue.builtIn[document.content.id] else { continue }
            if builtIn.content != document.content, !BuiltInWork.mayReplaceBuiltIn(document.content) {
                throw Self.unchangeable(builtIn)
            }
        }
        let completed = readings.map { reading in
            completing(reading).without { document in
                let content = document.content
                return byID[content.id] == nil && Catalogue.builtIn[content.id]?.content == content
            }
        }
        let set: DocumentSet
        do throws(DocumentErrors) {
            set = try DocumentSet.checked(completed, origin: origin, beside: current)
        } catch {
            throw MetadataRefusal(error)
        }
        let named = Set(set.objects.map(\.id))
        let deleted = prefix.map { prefix in
            current.filter { object in
                object.origin.isChangeable && object.id.lies(below: prefix) && !named.contains(object.id)
            }
        }
        try requireUnused(deleted ?? [], by: set.objects)
        let items =
            set.objects.map { item(for: $0) } + (deleted ?? []).sorted { $0.id.precedes($1.id) }.map(Self.deletion)
        return MetadataPlan(items: items, warnings: set.warnings)
    }

    /// Plans the deletion of objects.
    ///
    /// - Throws: `MetadataRefusal` with ESS-30004 and all that name one of them.
    package func deletion(of objects: [MetadataObject]) throws(MetadataRefusal) -> MetadataPlan {
        try requireUnused(objects, by: [])
        return MetadataPlan(items: objects.map(Self.deletion), warnings: [])
    }

    /// The refusal to change an object that comes from elsewhere.
    package static func unchangeable(_ object: MetadataObject) -> MetadataRefusal {
        MetadataRefusal(SchedulerError(30007, object.id.description, object.origin.rawValue))
    }

    private static func deletion(_ object: MetadataObject) -> MetadataPlan.Item {
        MetadataPlan.Item(.delete, before: object, after: nil, id: object.id)
    }

    private func item(for object: MetadataObject) -> MetadataPlan.Item {
        guard let before = byID[object.id] else {
            return MetadataPlan.Item(.create, before: nil, after: object.content, id: object.id)
        }
        let action: MetadataPlan.Action = before.content == object.content ? .none : .update
        return MetadataPlan.Item(action, before: before, after: object.content, id: object.id)
    }

    private func completing(_ reading: DocumentReader.Reading) -> DocumentReader.Reading {
        var problems = reading.problems
        let documents = reading.documents.map { document in
            var secrets = KeptSecrets(of: byID[document.content.id]?.content)
            let content = secrets.completed(document.content)
            problems += secrets.unknown.map { path in
                DocumentProblem(
                    file: document.file,
                    path: path,
                    line: document.line(at: path),
                    message: "asterisks stand for a secret that is not stored; give its value"
                )
            }
            return document.with(content)
        }
        return DocumentReader.Reading(documents: documents, problems: problems, unreadable: reading.unreadable)
    }

    /// - Parameters:
    ///   - deleted: what goes.
    ///   - documents: what is changed or comes at the same time.
    /// - Throws: `MetadataRefusal` with ESS-30004 and all that name one of those that go.
    package func requireUnused(
        _ deleted: [MetadataObject],
        by documents: [MetadataObject]
    ) throws(MetadataRefusal) {
        guard !deleted.isEmpty else { return }
        let ids = Set(deleted.map(\.id))
        let replaced = Set(documents.map(\.id))
        let rest = current.filter { !ids.contains($0.id) && !replaced.contains($0.id) } + documents
        let users = rest.reduce(into: [MetadataObjectID: Set<MetadataObjectID>]()) { users, object in
            for reference in object.content.references where ids.contains(reference.id) {
                users[reference.id, default: []].insert(object.id)
            }
        }
        guard let first = users.keys.min(by: { $0.precedes($1) }), let named = users[first] else { return }
        throw MetadataRefusal(first, usedBy: named.sorted { $0.precedes($1) }.map(\.description))
    }
}

extension MetadataObjectID {
    /// Whether its package is that one or below it.
    package func lies(below package: String) -> Bool {
        self.package == package || self.package.hasPrefix(package + "/")
    }

    /// The order of lists.
    package func precedes(_ other: MetadataObjectID) -> Bool {
        description.utf8.lexicographicallyPrecedes(other.description.utf8)
    }
}

extension DocumentReader.Reading {
    fileprivate func without(_ isLeftOut: (ReadDocument) -> Bool) -> DocumentReader.Reading {
        DocumentReader.Reading(
            documents: documents.filter { !isLeftOut($0) },
            problems: problems,
            unreadable: unreadable
        )
    }
}

extension ReadDocument {
    fileprivate func with(_ content: MetadataContent) -> ReadDocument {
        ReadDocument(content: content, undecided: undecided, file: file, node: node)
    }
}
