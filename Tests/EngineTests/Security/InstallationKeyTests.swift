import SchedulerEngine
import Testing

struct InstallationKeyTests {
    @Test("A key has exactly its length", arguments: [0, 1, 31, 33, 64])
    func wrongLength(count: Int) {
        #expect(InstallationKey(bytes: [UInt8](repeating: 7, count: count)) == nil)
    }

    @Test("New keys are of that length and never the same")
    func random() {
        let keys = (0..<100).map { _ in InstallationKey.random() }
        #expect(keys.allSatisfy { $0.count == InstallationKey.length })
        #expect(keys.allSatisfy { InstallationKey(bytes: $0) != nil })
        #expect(Set(keys).count == keys.count)
    }
}
