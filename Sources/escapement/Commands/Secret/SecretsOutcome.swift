import SchedulerAPI
import SchedulerCore

/// Shows secrets without their values.
struct SecretsOutcome {
    private static let header = ["NAME", "DEFINITIONS", "UPDATED BY", "UPDATED"]

    let secrets: [SecretView]

    /// Shows them as a table, or as the server answered.
    func show(_ reply: some AnswerView, in session: ClientSession) throws {
        try session.show(reply) {
            secrets.map(\.name)
        } table: {
            TextTable.render(header: Self.header, rows: secrets.map(Self.row))
        }
    }

    private static func row(_ secret: SecretView) -> [String] {
        [
            secret.name, secret.definitions.joined(separator: " "), secret.updatedBy ?? "",
            secret.updatedTime?.description ?? "",
        ]
    }
}
