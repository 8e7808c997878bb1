import SchedulerAPI
import SchedulerCore

/// A start to come as one row of a table.
struct ForecastSummary {
    static let header = ["DUE", "STARTS", "ENDS", "DEFINITION", "REQUEST", "PARENT", "NOTES"]

    let item: ForecastView.Start

    var row: [String] {
        let cells = ["scheduledTime", "startTime", "endTime", "jobDefinitionId", "requestId", "parentRequestId"]

        return item.cells(cells) + [item.notes.map(\.rawValue).joined(separator: " ")]
    }
}
