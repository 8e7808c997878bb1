/// What the configuration says about process jobs: `process.*` and `content.*` (administration §9).
package struct ProcessJobSettings: Sendable {
    package var users: JobUserPolicy
    package var allowsShell: Bool
    /// `process.environment`: names taken from `serverEnvironment`.
    package var environmentNames: [String]
    package var serverEnvironment: [String: String]
    /// `process.workDir`, or the application's `RequestFileDirectory`.
    package var workDirectory: String
    package var limits: ProcessLimits
    /// `content.maxLogSize`, bytes.
    package var maxLogSize: Int64
    /// `content.maxOutputSize`, bytes.
    package var maxOutputSize: Int64

    package init(
        users: JobUserPolicy,
        allowsShell: Bool = true,
        environmentNames: [String] = ["PATH", "LANG", "TZ"],
        serverEnvironment: [String: String],
        workDirectory: String,
        limits: ProcessLimits = ProcessLimits(files: 1024),
        maxLogSize: Int64 = 64 << 20,
        maxOutputSize: Int64 = 1 << 30
    ) {
        self.users = users
        self.allowsShell = allowsShell
        self.environmentNames = environmentNames
        self.serverEnvironment = serverEnvironment
        self.workDirectory = workDirectory
        self.limits = limits
        self.maxLogSize = maxLogSize
        self.maxOutputSize = maxOutputSize
    }
}
