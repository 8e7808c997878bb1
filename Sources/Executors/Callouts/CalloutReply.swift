import FoundationEssentials
import SchedulerCore

/// What the answer to an HTTP callout means: `{"status","message","delayMinutes"}`, an empty 2xx is PROCEED, and all
/// else has failed (runtime §9.4).
struct CalloutReply {
    /// Longest delay that a callout may ask for.
    static let delayMinutesMax: Int64 = 366 * 24 * 60
    /// Bytes of an unknown status that are shown.
    private static let shownStatusBytes = 64

    /// Scheme, host and port of the target, for messages.
    let origin: String
    let texts: RemoteText

    func answer(of answer: OutboundAnswer) -> CalloutAnswer {
        guard (200..<300).contains(answer.status) else {
            let said = texts.excerpt(answer.body).map { ": \($0)" } ?? "."
            return .failed(text: "\(origin) answered with HTTP status \(answer.status)\(said)")
        }
        switch answer.bodyEnd {
        case .complete: break
        case .tooLarge(let limit):
            return .failed(text: "The answer of \(origin) is larger than \(limit) bytes.")
        case .broken(let why):
            return .failed(text: "The answer of \(origin) broke off: \(why).")
        }
        guard answer.body.contains(where: { !Self.blanks.contains($0) }) else { return .proceed }
        guard let reply = try? JSONDecoder().decode(Reply.self, from: Data(answer.body)) else {
            return .failed(text: "The answer of \(origin) is no JSON object with a status.")
        }
        return self.answer(of: reply)
    }

    private func answer(of reply: Reply) -> CalloutAnswer {
        let text = texts.plain(reply.message)
        switch reply.status {
        case "PROCEED": return .proceed
        case "WARN": return .warn(text: text)
        case "CANCEL": return .cancel(text: text)
        case "BIZ_ERROR": return .businessError(text: text)
        case "SYSTEM_ERROR": return .systemError(text: text)
        case "DELAY":
            guard let minutes = reply.delayMinutes else { return .delay(nil, text: text) }
            guard (0...Self.delayMinutesMax).contains(minutes) else {
                return .failed(text: "\(origin) asked for a delay that is not 0 to \(Self.delayMinutesMax) minutes.")
            }
            return .delay(.seconds(minutes * 60), text: text)
        default:
            let shown = texts.plain(reply.status.bounded(toBytes: Self.shownStatusBytes)) ?? ""
            return .failed(text: "\(origin) answered with the status “\(shown)”, which is not understood.")
        }
    }

    private struct Reply: Decodable {
        let status: String
        let message: String?
        let delayMinutes: Int64?
    }

    /// White space of JSON.
    private static let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
}
