import SchedulerCore
import SchedulerEngine
import SchedulerHTTP

/// The configuration of the server, typed and checked; built in this one place. What each value means
/// stands in the table of keys (``ConfigurationTable/server``).
struct ServerConfiguration: Sendable {
    enum Compatibility: String, Sendable { case documented, fusion }

    struct HTTP: Sendable {
        let host: String
        /// 0 = any free one.
        let port: Int
        let publicURL: WebAddress?
        let allowInsecure: Bool
        let maxBodyBytes: Int
        let requestTimeout: Duration
        let idleTimeout: Duration
        /// Nil = without limit.
        let callRate: CallRate?
        let logsEveryCall: Bool
        /// Nil = no viewer.
        let docsViewerDirectory: String?
    }

    struct Process: Sendable {
        let isEnabled: Bool
        let allowRoot: Bool
        let allowShell: Bool
        /// Nil = the user of the server.
        let user: String?
        let allowedUsers: [String]
        /// Names of the variables that jobs inherit.
        let environment: [String]
        let workDirectory: String
        let limits: Limits
    }

    /// Limits of job processes; nil = none.
    struct Limits: Sendable, Equatable {
        /// Whole seconds.
        let cpu: Duration?
        let memoryBytes: Int?
        let processes: Int?
        let fileSizeBytes: Int?
        let files: Int?
    }

    struct Outbound: Sendable {
        let allow: [String]
        let deny: [String]
    }

    struct Authentication: Sendable {
        let basic: Bool
        let passwordMinLength: Int
    }

    struct Log: Sendable {
        enum Format: String, Sendable { case json, text }
        /// One of trace, debug, info, notice, warning, error.
        let level: String
        let format: Format
    }

    let compatibility: Compatibility
    let defaultApplication: String
    /// Absolute, as all paths here.
    let dataDirectory: String
    let shutdownGrace: Duration
    let http: HTTP
    let store: Store
    let cluster: Cluster
    let dispatch: Dispatch
    let forceCancelAfter: Duration
    let cancelGrace: Duration
    let recurrence: RecurrenceSettings
    let process: Process
    let outbound: Outbound
    let contentDirectory: String
    let metadata: Metadata
    let authentication: Authentication
    let secretsKeyFile: String
    let log: Log
    let purge: PurgeSettings
    let callback: Callback

    /// Every key with its value and origin, in the order of the table.
    let effective: [ConfigurationSetting]
    /// What is allowed but probably not meant.
    let warnings: [String]

    /// Builds the typed form of settings that have passed all checks.
    init(settings: [ConfigurationSetting], host: ConfigurationHost) {
        let values = SettingValues(settings)
        compatibility = Compatibility(rawValue: values.text("compatibility")) ?? .documented
        defaultApplication = values.text("defaultApplication")
        dataDirectory = values.text("dataDir")
        shutdownGrace = values.duration("shutdownGrace")
        let callsPerSecond = values.whole("http.rateLimit")
        http = HTTP(
            host: values.text("http.host"),
            port: values.whole("http.port"),
            publicURL: values.optionalText("http.publicUrl").flatMap { try? WebAddress(parsing: $0) },
            allowInsecure: values.flag("http.allowInsecure"),
            maxBodyBytes: values.bytes("http.maxBodySize"),
            requestTimeout: values.duration("http.requestTimeout"),
            idleTimeout: values.duration("http.idleTimeout"),
            callRate: callsPerSecond > 0
                ? CallRate(callsPerSecond: callsPerSecond, burst: values.whole("http.rateBurst")) : nil,
            logsEveryCall: values.text("http.accessLog") == "all",
            docsViewerDirectory: values.optionalText("http.docsViewerDir")
        )
        store = Store(values, host: host)
        cluster = Cluster(values)
        dispatch = Dispatch(values)
        forceCancelAfter = values.duration("forceCancelAfter")
        cancelGrace = values.duration("cancelGrace")
        recurrence = RecurrenceSettings(
            defaultTimeZone: values.text("recurrence.defaultTimeZone"),
            extensions: values.flag("recurrence.extensions")
        )
        process = Self.process(values)
        outbound = Outbound(allow: values.list("outbound.allow"), deny: values.list("outbound.deny"))
        contentDirectory = values.text("content.dir")
        metadata = Metadata(values)
        authentication = Authentication(
            basic: values.flag("auth.basic"),
            passwordMinLength: values.whole("auth.passwordMinLength")
        )
        secretsKeyFile = values.text("secrets.keyFile")
        log = Log(
            level: values.text("log.level"),
            format: Log.Format(rawValue: values.text("log.format")) ?? .json
        )
        purge = PurgeSettings(
            physicalAfter: values.duration("purge.physicalAfter"),
            batchSize: values.whole("purge.batchSize"),
            auditRetention: values.duration("audit.retention")
        )
        callback = Callback(values)
        effective = settings
        warnings = ConfigurationJudgement(settings: settings, host: host).warnings
    }

    private static func process(_ values: SettingValues) -> Process {
        let cpu = values.duration("process.limits.cpu")
        return Process(
            isEnabled: values.flag("process.enabled"),
            allowRoot: values.flag("process.allowRoot"),
            allowShell: values.flag("process.allowShell"),
            user: values.optionalText("process.user"),
            allowedUsers: values.list("process.allowedUsers"),
            environment: values.list("process.environment"),
            workDirectory: values.text("process.workDir"),
            limits: Limits(
                cpu: cpu == .zero ? nil : cpu,
                memoryBytes: unlessZero(values.bytes("process.limits.memory")),
                processes: unlessZero(values.whole("process.limits.processes")),
                fileSizeBytes: unlessZero(values.bytes("process.limits.fileSize")),
                files: unlessZero(values.whole("process.limits.files"))
            )
        )
    }

    private static func unlessZero(_ number: Int) -> Int? { number == 0 ? nil : number }
}
