package import SchedulerCore

extension MemoryTransaction: MetadataTransaction {
    package mutating func lock() -> Int64 { content.metadataRevision }

    package mutating func objects(_ ids: [String]) -> [String: StoredMetadata] {
        ids.reduce(into: [:]) { $0[$1] = content.metadata[$1] }
    }

    package mutating func newestVersions(_ ids: [String]) -> [String: Int] {
        ids.reduce(into: [:]) { $0[$1] = content.metadataVersions[$1]?.last?.version }
    }

    package mutating func write(_ objects: [StoredMetadata]) {
        for object in objects {
            let customizations = content.metadata[object.id]?.customizations ?? [:]
            content.metadata[object.id] = object
            content.metadata[object.id]?.customizations = customizations
        }
    }

    package mutating func append(_ versions: [StoredMetadataVersion], kept: Int) {
        for version in versions {
            let others = (content.metadataVersions[version.id] ?? [])
                .filter { $0.version > version.version - kept && $0.version != version.version }
            content.metadataVersions[version.id] = (others + [version]).sorted { $0.version < $1.version }
        }
    }

    package mutating func remove(_ ids: [String]) {
        for id in ids { content.metadata[id] = nil }
    }

    package mutating func customize(_ id: String, property: String, value: String?) {
        content.metadata[id]?.customizations[property] = value
    }

    package mutating func raiseRevision() { content.metadataRevision += 1 }
}
