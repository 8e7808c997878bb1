extension ServerConfiguration {
    struct Store: Sendable {
        let url: StoreURL
        let passwordFile: String?
        /// Connections for reading and writing.
        let poolSize: Int
        let statementTimeout: Duration
        let autoMigrate: Bool

        init(_ values: SettingValues, host: ConfigurationHost) {
            url = StoreURL(values.text("store.url"), host: host)
            passwordFile = values.optionalText("store.passwordFile")
            poolSize = values.whole("store.poolSize")
            statementTimeout = values.duration("store.statementTimeout")
            autoMigrate = values.flag("store.autoMigrate")
        }

        /// Whether other nodes may share the store.
        var isShared: Bool {
            if case .postgres = url { true } else { false }
        }
    }

    struct Cluster: Sendable {
        let name: String
        let lease: Duration
        /// Nil = the host name.
        let nodeName: String?
        /// Nil = all.
        let applications: Set<String>?
        let logicalClusters: Set<String>

        init(_ values: SettingValues) {
            name = values.text("cluster.name")
            lease = values.duration("cluster.lease")
            nodeName = values.optionalText("node.name")
            let listed = values.list("node.applications")
            applications = listed.isEmpty ? nil : Set(listed)
            logicalClusters = Set(values.list("node.logicalClusters"))
        }
    }

    struct Dispatch: Sendable {
        let isProcessorEnabled: Bool
        let threads: Int
        let starvationThreshold: Duration
        let isDispatcherEnabled: Bool
        let maxPollInterval: Duration

        init(_ values: SettingValues) {
            isProcessorEnabled = values.flag("processor.enabled")
            threads = values.whole("processor.threads")
            starvationThreshold = values.duration("processor.starvationThreshold")
            isDispatcherEnabled = values.flag("dispatcher.enabled")
            maxPollInterval = values.duration("dispatcher.maxPollInterval")
        }
    }

    struct Metadata: Sendable {
        /// What a metadata directory does to the store (administration specification §2).
        enum Mode: String, Sendable, CaseIterable {
            /// Its objects are the store's, and changed by nothing else.
            case enforce
            /// What the store lacks is created, the rest left alone.
            case seed
            /// Nothing is applied; differences are reported.
            case check
        }

        let directory: String?
        let mode: Mode
        /// Whether what leaves the directory leaves the store.
        let prunes: Bool
        /// Of a body with documents.
        let maxBytes: Int

        init(_ values: SettingValues) {
            prunes = values.flag("metadata.prune")
            maxBytes = values.bytes("metadata.maxSize")
            directory = values.optionalText("metadata.directory")
            mode = Mode(rawValue: values.text("metadata.mode")) ?? .enforce
        }
    }
}
