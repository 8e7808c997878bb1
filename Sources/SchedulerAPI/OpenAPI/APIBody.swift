/// What an operation reads.
struct APIBody: Sendable {
    let schema: APISchema
    var example: DocumentValue?
    /// Media types that it may have.
    var types: [String] = MediaType.allCases.map(\.rawValue)
}
