import SchedulerAPI

/// The members of a metadata object that lists and results show.
struct ObjectSummary {
    static let header = ["ID", "VERSION", "ORIGIN", "UPDATED", "BY", "NAME"]
    private static let fields = ["id", "version", "origin", "updatedTime", "updatedBy", "displayName"]

    let object: ObjectView

    var id: String { object.id }

    var row: [String] { object.cells(Self.fields) }

    /// Shows where an object stands after a change.
    func show(in session: ClientSession) throws -> ClientExit {
        try session.show(object) {
            [id]
        } table: {
            TextTable.render(header: Self.header, rows: [row])
        }
        return .done
    }
}
