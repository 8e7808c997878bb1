extension ConfigurationTable {
    /// Keys of the store, and of what nodes that share one are to each other.
    static let store: [ConfigurationKey] = [
        ConfigurationKey(
            name: "store.url",
            type: .text,
            defaultText: "sqlite:{dataDir}/escapement.db",
            rule: .storeURL,
            shown: { StoreURL.masked($0) },
            summary: "The store: sqlite: and the path of the database file, or a PostgreSQL URI, postgresql://HOST/DB."
        ),
        ConfigurationKey(
            name: "store.passwordFile",
            type: .path,
            defaultText: nil,
            rule: .any,
            summary: "File whose first line is the password for PostgreSQL; it wins over the URI's."
        ),
        ConfigurationKey(
            name: "store.poolSize",
            type: .whole,
            defaultText: "8",
            rule: .whole(2...200),
            summary: "Connections to PostgreSQL for reading and writing; three more listen, notify and look up."
        ),
        ConfigurationKey(
            name: "store.statementTimeout",
            type: .duration,
            defaultText: "30s",
            rule: .duration(.milliseconds(100), .seconds(3600)),
            summary: "How long the database may take to answer a read; a longer one is broken off (503 ESS-06003)."
        ),
        ConfigurationKey(
            name: "store.autoMigrate",
            type: .flag,
            defaultText: "true",
            rule: .any,
            summary: "Whether the server brings the schema of the store up to date; else it refuses an older one."
        ),
    ]

    static let cluster: [ConfigurationKey] = [
        ConfigurationKey(
            name: "cluster.name",
            type: .text,
            defaultText: "escapement",
            rule: .label,
            summary: "Name of all nodes that share the store."
        ),
        ConfigurationKey(
            name: "cluster.lease",
            type: .duration,
            defaultText: "30s",
            rule: .duration(.seconds(5), .seconds(600)),
            summary: "How long a node counts as alive after it was last heard of; the same on all nodes."
        ),
        ConfigurationKey(
            name: "node.name",
            type: .text,
            defaultText: nil,
            rule: .label,
            summary: "Name of this node, unique among those that share the store; without it the host name."
        ),
        ConfigurationKey(
            name: "node.applications",
            type: .list,
            defaultText: nil,
            rule: .any,
            summary: "Applications whose requests this node runs; without it all."
        ),
        ConfigurationKey(
            name: "node.logicalClusters",
            type: .list,
            defaultText: nil,
            rule: .any,
            summary: "Logical clusters of this node: it alone runs requests that ask for one of them."
        ),
        ConfigurationKey(
            name: "processor.enabled",
            type: .flag,
            defaultText: "true",
            rule: .any,
            isReloadable: true,
            summary: "Whether this node runs attempts; without it, it claims nothing."
        ),
        ConfigurationKey(
            name: "processor.threads",
            type: .whole,
            defaultText: "25",
            rule: .whole(1...1000),
            isReloadable: true,
            summary: "How many attempts this node runs at once."
        ),
        ConfigurationKey(
            name: "processor.starvationThreshold",
            type: .duration,
            defaultText: "60m",
            rule: .duration(.seconds(1), .seconds(30 * 24 * 60 * 60)),
            isReloadable: true,
            summary: "How long a request may be READY before it comes ahead of all others, and is warned about."
        ),
        ConfigurationKey(
            name: "dispatcher.enabled",
            type: .flag,
            defaultText: "true",
            rule: .any,
            isReloadable: true,
            summary: "Whether this node looks for due requests; without it, it claims nothing."
        ),
        ConfigurationKey(
            name: "dispatcher.maxPollInterval",
            type: .duration,
            defaultText: "15s",
            rule: .duration(.milliseconds(100), .seconds(300)),
            isReloadable: true,
            summary: "Longest pause between two looks for due requests when nobody tells of any."
        ),
    ]
}
