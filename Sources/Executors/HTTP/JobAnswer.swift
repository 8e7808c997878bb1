import FoundationEssentials
import SchedulerCore

/// What a job says in the JSON body of an answer (runtime §9.2): `{"executionStatus","statusMessage","externalId"}`.
struct JobAnswer: Hashable {
    enum Status: Hashable {
        case none
        case known(ReportStatus)
        case unknown(String)
    }

    /// Bytes of an external id.
    private static let externalIDBytes = 1024

    var status = Status.none
    var message: String?
    var externalID: String?

    /// A body that is no JSON object says nothing.
    init(body: [UInt8]) {
        guard body.contains(UInt8(ascii: "{")),
            let members = try? JSONDecoder().decode(Members.self, from: Data(body))
        else { return }
        message = members.text(.statusMessage)
        externalID = members.text(.externalId)?.bounded(toBytes: Self.externalIDBytes)
        if let status = members.text(.executionStatus) {
            self.status = ReportStatus(rawValue: status).map { .known($0) } ?? .unknown(status)
        }
    }

    private struct Members: Decodable {
        enum CodingKeys: String, CodingKey {
            case executionStatus
            case statusMessage
            case externalId
        }

        private let container: KeyedDecodingContainer<CodingKeys>

        init(from decoder: any Decoder) throws { container = try decoder.container(keyedBy: CodingKeys.self) }

        /// A number counts as its text; anything else that is there is named by its kind.
        func text(_ key: CodingKeys) -> String? {
            guard container.contains(key), (try? container.decodeNil(forKey: key)) == false else { return nil }
            if let text = try? container.decode(String.self, forKey: key) { return text }
            if let number = try? container.decode(Int64.self, forKey: key) { return String(number) }
            return key == .executionStatus ? "(no text)" : nil
        }
    }
}
