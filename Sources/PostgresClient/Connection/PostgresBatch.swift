/// Queries that are sent together, without waiting for the result of one before the next.
package struct PostgresBatch: Sendable {
    package struct Query: Sendable {
        package let statement: PostgresStatement
        package let parameters: PostgresParameters
    }

    package private(set) var queries: [Query] = []

    package init() {}

    package mutating func append(
        _ statement: PostgresStatement,
        _ parameters: PostgresParameters = PostgresParameters()
    ) {
        queries.append(Query(statement: statement, parameters: parameters))
    }
}
