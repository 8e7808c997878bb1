import Foundation
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// What the server answers, byte by byte, in files that show every change of it: one for each profile and answer, of
/// requests to which everything has happened that members tell of.
@Suite("Golden answers: C9, C10, C11, C25, C42, C52", .ownStores)
struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// Known, but Escapement has nothing to say of them (REST §3.5).
    private static let withoutValue: Set<RequestMember> = [
        .dmsRID, .submitterDmsRID, .flowId, .submitterFlowId, .requestFlowId,
    ]

    private static func file(_ name: String, _ profile: CompatibilityProfile) -> URL {
        folder.appending(path: "\(profile.rawValue)/\(name).json")
    }

    @Test("Each answer is the one in its file", arguments: CompatibilityProfile.allCases)
    func answers(profile: CompatibilityProfile) async throws {
        for answer in try await GoldenAnswers.answers(in: profile) {
            let file = Self.file(answer.name, profile)
            if ProcessInfo.processInfo.environment["ESCAPEMENT_WRITE_GOLDEN"] != nil {
                try (GoldenText.broken(answer.reply.text) + "\n").write(to: file, atomically: true, encoding: .utf8)
            }
            let expected = try? String(contentsOf: file, encoding: .utf8)
            let hint: Comment = "\(file.lastPathComponent): ESCAPEMENT_WRITE_GOLDEN=1 writes it anew"
            #expect(expected.map { $0.replacing("\n", with: "") } == answer.reply.text, hint)
        }
    }

    @Test(
        "Every member of a request that can have a value has one in some file",
        arguments: CompatibilityProfile.allCases
    )
    func members(profile: CompatibilityProfile) async throws {
        var seen: Set<String> = []
        for answer in try await GoldenAnswers.answers(in: profile) where answer.reply.member("requestId") != nil {
            seen.formUnion(answer.reply.memberNames)
        }
        let known = Set(RequestMember.allCases)
        #expect(
            Set(known.map(\.rawValue)).intersection(seen) == Set(known.subtracting(Self.withoutValue).map(\.rawValue))
        )
    }

    @Test("No null, no secret, and every instant in UTC with milliseconds", arguments: CompatibilityProfile.allCases)
    func form(profile: CompatibilityProfile) async throws {
        let members = ["Time", "expiration", "startDate", "endDate"]
        for answer in try await GoldenAnswers.answers(in: profile) {
            let text = answer.reply.text
            #expect(!text.contains("null") && !text.contains("hush"), "\(answer.name)")
            for match in text.matches(of: #/"(\w+)":"(\d{4}-[^"]*)"/#) {
                let (name, value) = (String(match.1), String(match.2))
                #expect(members.contains { name.hasSuffix($0) }, "\(answer.name): \(name)")
                #expect(
                    value.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#) != nil,
                    "\(answer.name): \(name)"
                )
            }
        }
    }

    @Test("The profiles differ in run times of what never ran, in the mode and in links alone")
    func difference() async throws {
        let documented = try await GoldenAnswers.answers(in: .documented)
        let fusion = try await GoldenAnswers.answers(in: .fusion)
        #expect(documented.map(\.name) == fusion.map(\.name))
        for (one, other) in zip(documented, fusion) {
            #expect(one.reply.status == other.reply.status, "\(one.name)")
            var differing = Set(try other.reply.json.members.map(\.name))
            for member in try one.reply.json.members {
                let same = try other.reply.json[member.name]
                if same.map({ "\($0.scalarText ?? "")" }) == "\(member.value.scalarText ?? "")" {
                    differing.remove(member.name)
                }
            }
            #expect(differing.isSubset(of: ["elapsedTime", "requestMode"]), "\(one.name): \(differing)")
        }
    }
}
