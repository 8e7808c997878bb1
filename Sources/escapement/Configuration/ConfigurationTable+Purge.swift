extension ConfigurationTable {
    /// Keys of what is removed, and when.
    static let purge: [ConfigurationKey] = [
        ConfigurationKey(
            name: "audit.retention",
            type: .duration,
            defaultText: "400d",
            rule: .duration(.seconds(86_400), .seconds(36_500 * 86_400)),
            summary: "Age at which audit records are removed."
        ),
        ConfigurationKey(
            name: "purge.physicalAfter",
            type: .duration,
            defaultText: "7d",
            rule: .duration(.zero, .seconds(36_500 * 86_400)),
            isReloadable: true,
            summary: "How long rows, logs and outputs are kept after their requests were deleted."
        ),
        ConfigurationKey(
            name: "purge.batchSize",
            type: .whole,
            defaultText: "1000",
            rule: .whole(1...100_000),
            isReloadable: true,
            summary: "Most requests that a purge takes in one transaction; fewer where those take long."
        ),
    ]
}
