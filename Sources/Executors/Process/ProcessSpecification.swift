/// A process to be started.
package struct ProcessSpecification: Hashable, Sendable {
    /// A file that takes output.
    package struct Sink: Hashable, Sendable {
        /// Appended to, created if missing; never a link.
        package var path: String
        /// Bytes the file may have, the marker of a cut not counted.
        package var cap: Int64
        /// Who owns the file if it is created here; nil: the server.
        package var owner: JobUser?
        /// An existing file is replaced instead of continued.
        package var replaces: Bool

        package init(path: String, cap: Int64, owner: JobUser? = nil, replaces: Bool = false) {
            self.path = path
            self.cap = cap
            self.owner = owner
            self.replaces = replaces
        }
    }

    /// The program and its arguments; the program's name is looked up in the `PATH` of `environment`.
    package var arguments: [String]
    /// The whole environment.
    package var environment: [String: String]
    /// An absolute path the job's user can enter.
    package var workingDirectory: String
    /// Takes standard error, and standard output unless `redirectedOutput` does.
    package var log: Sink
    /// Takes standard output.
    package var redirectedOutput: Sink?
    /// nil: the server's user.
    package var user: JobUser?
    package var limits: ProcessLimits
    /// Name of a variable in `environment` whose value is unlike that of any other attempt: descendants are known by
    /// it where nothing else tells.
    package var markVariable: String?

    package init(
        arguments: [String],
        environment: [String: String] = [:],
        workingDirectory: String,
        log: Sink,
        redirectedOutput: Sink? = nil,
        user: JobUser? = nil,
        limits: ProcessLimits = ProcessLimits(),
        markVariable: String? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.log = log
        self.redirectedOutput = redirectedOutput
        self.user = user
        self.limits = limits
        self.markVariable = markVariable
    }
}
