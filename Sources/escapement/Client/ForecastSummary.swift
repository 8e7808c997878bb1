/// A start to come as one row of a table.
struct ForecastSummary {
    static let header = ["DUE", "STARTS", "ENDS", "DEFINITION", "REQUEST", "PARENT", "NOTES"]

    let item: ReplyValue

    var row: [String] {
        let cells = ["scheduledTime", "startTime", "endTime", "jobDefinitionId", "requestId", "parentRequestId"]
            .map { item[$0]?.cell ?? "" }
        return cells + [item["notes"]?.list?.compactMap(\.text).joined(separator: " ") ?? ""]
    }
}
