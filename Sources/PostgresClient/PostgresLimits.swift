/// Bounds of the PostgreSQL client, each with its unit.
package enum PostgresLimits {
    /// How long the other side may be silent at most before a connection counts as lost.
    package static let patienceMax: Duration = .seconds(10)
    /// Questions of the kernel to a silent server before the connection is lost.
    package static let keepAliveCount = 3
    /// libpq takes less time to connect for this much.
    package static let connectSecondsMin: Int64 = 2
    /// Statements that stay prepared on a connection; at one more, all are forgotten.
    package static let preparedStatementsMax = 512
    /// Bytes of all parameters of one call; PostgreSQL takes no message beyond 1 GiB.
    package static let parameterBytesMax = 1_000_000_000
    /// Parameters of one statement, by the protocol.
    package static let parametersMax = 65_535
    /// Bytes of a file that holds a password.
    package static let passwordFileBytesMax = 4096
    /// Reads of what came to an idle connection before it is believed to be alive.
    package static let idleReadsMax = 16
    /// Queries of a pipeline that are sent before the results of the first are read.
    package static let pipelineDepth = 256
    /// Time for all hosts of the URI together when a listener connects, and for the answer to its LISTEN.
    package static let listenerConnectTime: Duration = .seconds(20)
    /// Calls that may wait for a connection of a pool; more are refused.
    package static let waitingCallsMax = 20_000
    /// How long a call waits for a connection unless it says otherwise.
    package static let waitingTime: Duration = .seconds(10)
    /// How long a connection may idle before it is asked whether it still works.
    package static let idleCheckTime: Duration = .seconds(30)
}
