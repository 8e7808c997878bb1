package import PostgresClient

/// The databases that SQL jobs may use, by the name that `SYS_EXT_dataSource` gives.
package final class SQLDataSources: Sendable {
    /// How to reach one of them.
    package struct Source: Sendable {
        package let options: PostgresOptions
        /// Connections at most; jobs beyond them wait.
        package let poolSize: Int

        package init(_ options: PostgresOptions, poolSize: Int) {
            self.options = options
            self.poolSize = poolSize
        }
    }

    private let pools: [String: PostgresPool]

    /// Makes a pool for each; connections are made when they are wanted. Whoever makes this closes it.
    ///
    /// - Throws: `PostgresError` if the process has no descriptors left.
    package init(_ sources: [String: Source] = [:]) throws(PostgresError) {
        var pools: [String: PostgresPool] = [:]
        for (name, source) in sources {
            var settings = PoolMachine.Settings()
            settings.connectionsMax = source.poolSize
            pools[name] = try PostgresPool(source.options, settings: settings)
        }
        self.pools = pools
    }

    package subscript(name: String) -> PostgresPool? { pools[name] }

    /// Returns when all connections are gone.
    package func close() async {
        for pool in pools.values { await pool.close() }
    }
}
