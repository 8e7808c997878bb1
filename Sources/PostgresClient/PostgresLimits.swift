/// Bounds of the PostgreSQL client, each with its unit.
package enum PostgresLimits {
    /// Seconds to reach one host of the URI, unless it says otherwise.
    package static let connectSeconds = 5
    /// Seconds of silence after which the kernel asks whether the server is still there, seconds between two such
    /// questions, and how many go unanswered before the connection is lost.
    package static let keepAliveIdleSeconds = 5
    package static let keepAliveIntervalSeconds = 2
    package static let keepAliveCount = 3
    /// Milliseconds that sent data may stay unacknowledged before the connection is lost.
    package static let unacknowledgedMilliseconds = 10_000
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
