extension ConfigurationTable {
    /// The keys of the server (administration specification §9), in its order. A key enters with the
    /// part of the program that obeys it.
    static let server = ConfigurationTable(
        keys: general + http + store + cluster + control + process + surroundings + purge
            + callback
    )

    private static let general: [ConfigurationKey] = [
        ConfigurationKey(
            name: "compatibility",
            type: .text,
            defaultText: "documented",
            rule: .oneOf(["documented", "fusion"]),
            summary: "Wire form of the REST API: as documented, or as Fusion servers are observed to answer."
        ),
        ConfigurationKey(
            name: "defaultApplication",
            type: .text,
            defaultText: "Escapement",
            rule: .any,
            summary: "Application of requests when neither submission nor definition names one."
        ),
        ConfigurationKey(
            name: "dataDir",
            type: .path,
            defaultText: "/var/lib/escapement",
            rule: .any,
            summary: "Directory of what belongs to this server: database, key, job directories."
        ),
        ConfigurationKey(
            name: "shutdownGrace",
            type: .duration,
            defaultText: "30s",
            rule: .any,
            isReloadable: true,
            summary: "How long running attempts may go on after the server was told to stop."
        ),
    ]

    private static let control: [ConfigurationKey] = [
        ConfigurationKey(
            name: "forceCancelAfter",
            type: .duration,
            defaultText: "30m",
            rule: .any,
            isReloadable: true,
            summary: "How long a request must have been cancelling, unheard of, before it may be force-cancelled."
        ),
        ConfigurationKey(
            name: "cancelGrace",
            type: .duration,
            defaultText: "10s",
            rule: .any,
            isReloadable: true,
            summary: "How long a cancelled synchronous job may take to end by itself."
        ),
        ConfigurationKey(
            name: "recurrence.extensions",
            type: .flag,
            defaultText: "true",
            rule: .any,
            summary: "Whether schedules may use BYSETPOS, COUNT, UNTIL and WKST, which Oracle refuses."
        ),
        ConfigurationKey(
            name: "recurrence.defaultTimeZone",
            type: .text,
            defaultText: "UTC",
            rule: .timeZone,
            summary: "IANA id of the zone of schedules that name none."
        ),
        ConfigurationKey(
            name: "outbound.allow",
            type: .list,
            defaultText: nil,
            rule: .outboundTargets,
            isReloadable: true,
            summary: "Otherwise denied targets of jobs and callbacks that may be called."
        ),
        ConfigurationKey(
            name: "outbound.deny",
            type: .list,
            defaultText: nil,
            rule: .outboundTargets,
            isReloadable: true,
            summary: "Targets that may never be called; wins over outbound.allow."
        ),
    ]

    private static let process: [ConfigurationKey] = [
        ConfigurationKey(
            name: "process.enabled",
            type: .flag,
            defaultText: "true",
            rule: .any,
            summary: "Whether process jobs run at all."
        ),
        ConfigurationKey(
            name: "process.allowRoot",
            type: .flag,
            defaultText: "false",
            rule: .any,
            summary: "Whether process jobs may run as root."
        ),
        ConfigurationKey(
            name: "process.allowShell",
            type: .flag,
            defaultText: "true",
            rule: .any,
            summary: "Whether a definition may ask for a shell."
        ),
        ConfigurationKey(
            name: "process.user",
            type: .text,
            defaultText: nil,
            rule: .existingUser,
            summary: "User that process jobs run as; without it the user of the server."
        ),
        ConfigurationKey(
            name: "process.allowedUsers",
            type: .list,
            defaultText: nil,
            rule: .any,
            summary: "Users that a definition may choose."
        ),
        ConfigurationKey(
            name: "process.environment",
            type: .list,
            defaultText: "PATH,LANG,TZ",
            rule: .jobVariables,
            summary: "Variables of the server's environment that process jobs see."
        ),
        ConfigurationKey(
            name: "process.workDir",
            type: .path,
            defaultText: "{dataDir}/requests",
            rule: .any,
            summary: "Parent of the directories in which process jobs run."
        ),
        ConfigurationKey(
            name: "process.limits.cpu",
            type: .duration,
            defaultText: "0",
            rule: .wholeSeconds,
            summary: "Processor time of each process of a job; 0 sets no limit."
        ),
        ConfigurationKey(
            name: "process.limits.memory",
            type: .size,
            defaultText: "0",
            rule: .any,
            summary: "Memory of each process of a job; 0 sets no limit."
        ),
        ConfigurationKey(
            name: "process.limits.processes",
            type: .whole,
            defaultText: "0",
            rule: .any,
            summary: "Processes of the job's user at once; 0 sets no limit."
        ),
        ConfigurationKey(
            name: "process.limits.fileSize",
            type: .size,
            defaultText: "0",
            rule: .any,
            summary: "Largest file that a job may write; 0 sets no limit."
        ),
        ConfigurationKey(
            name: "process.limits.files",
            type: .whole,
            defaultText: "1024",
            rule: .any,
            summary: "Open files of each process of a job; 0 sets no limit."
        ),
    ]

    private static let surroundings: [ConfigurationKey] = [
        ConfigurationKey(
            name: "content.dir",
            type: .path,
            defaultText: "{dataDir}/content",
            rule: .any,
            summary: "Directory of logs and outputs; nodes that share a store share it."
        ),
        ConfigurationKey(
            name: "metadata.directory",
            type: .path,
            defaultText: nil,
            rule: .any,
            summary: "Directory of metadata documents, read at start and on SIGHUP."
        ),
        ConfigurationKey(
            name: "metadata.mode",
            type: .text,
            defaultText: "enforce",
            rule: .oneOf(ServerConfiguration.Metadata.Mode.allCases.map(\.rawValue)),
            summary: "What the directory does: enforce its objects, seed what is missing, or only check."
        ),
        ConfigurationKey(
            name: "metadata.prune",
            type: .flag,
            defaultText: "false",
            rule: .any,
            summary: "Whether objects whose document left the directory are deleted."
        ),
        ConfigurationKey(
            name: "metadata.maxSize",
            type: .size,
            defaultText: "16MiB",
            rule: .size(atLeast: 1),
            summary: "Largest body of documents that are validated, planned or applied."
        ),
        ConfigurationKey(
            name: "auth.basic",
            type: .flag,
            defaultText: "true",
            rule: .any,
            summary: "Whether users may sign in by HTTP Basic."
        ),
        ConfigurationKey(
            name: "auth.passwordMinLength",
            type: .whole,
            defaultText: "12",
            rule: .whole(1...1024),
            summary: "Characters below which the password of the first start is warned about."
        ),
        ConfigurationKey(
            name: "secrets.keyFile",
            type: .path,
            defaultText: "{dataDir}/secret.key",
            rule: .any,
            summary: "File of the key that encrypts stored secrets; made for SQLite, required for PostgreSQL."
        ),
        ConfigurationKey(
            name: "log.level",
            type: .text,
            defaultText: "info",
            rule: .oneOf(["trace", "debug", "info", "notice", "warning", "error"]),
            isReloadable: true,
            summary: "Least important messages that are logged."
        ),
        ConfigurationKey(
            name: "log.format",
            type: .text,
            defaultText: "json",
            rule: .oneOf(["json", "text"]),
            summary: "Form of the log on standard error."
        ),
    ]
}
