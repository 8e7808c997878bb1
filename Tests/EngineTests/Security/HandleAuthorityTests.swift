import SchedulerCore
import SchedulerEngine
import Testing

struct HandleAuthorityTests {
    private let handles: HandleAuthority
    private let id = RequestID(42)
    private let epoch = AttemptEpoch(7)

    init() throws { handles = try Self.key(1).handles }

    private static func key(_ first: UInt8) throws -> InstallationKey {
        try #require(InstallationKey(bytes: Array(first..<first + UInt8(InstallationKey.length))))
    }

    @Test("A handle names its invocation and no other request's")
    func proves() {
        let handle = handles.handle(of: id, epoch: epoch)
        #expect(handles.epoch(of: handle, request: id) == epoch)
        #expect(handles.epoch(of: handle, request: RequestID(43)) == nil)
    }

    @Test("A handle is the epoch and a MAC of 256 bits, the same after every restart")
    func form() {
        // HMAC-SHA256 over "handle|42|7" under the key that RFC 5869 derives; computed by another program.
        #expect(handles.handle(of: id, epoch: epoch) == "7._0Ar5B6E_6ahOerkDqUdM3mh4IbNe4gjs5noqogqg8s")
        let smallest = handles.handle(of: RequestID(1), epoch: AttemptEpoch(1))
        #expect(smallest == "1.LkNdjGgFie_5J2Q2o-1eCfGLvfzwX-jSh330o2wp50Y")
    }

    @Test("An older invocation's handle is still proved, as the older one's")
    func older() {
        let old = handles.handle(of: id, epoch: AttemptEpoch(6))
        #expect(handles.epoch(of: old, request: id) == AttemptEpoch(6))
    }

    @Test("A handle of another invocation with this one's number, or of another installation, proves nothing")
    func foreign() throws {
        let mac = handles.handle(of: id, epoch: AttemptEpoch(6)).dropFirst(2)
        #expect(handles.epoch(of: "7.\(mac)", request: id) == nil)
        let foreign = try Self.key(2).handles.handle(of: id, epoch: epoch)
        #expect(handles.epoch(of: foreign, request: id) == nil)
    }

    @Test("Numbers that run into each other make different handles")
    func separated() {
        let left = handles.handle(of: RequestID(1), epoch: AttemptEpoch(11)).dropFirst(3)
        let right = handles.handle(of: RequestID(11), epoch: AttemptEpoch(1)).dropFirst(2)
        #expect(left != right)
    }

    @Test("One changed character anywhere is noticed")
    func tampered() {
        let handle = Array(handles.handle(of: id, epoch: epoch).utf8)
        for index in handle.indices {
            for replacement in [UInt8(ascii: "A"), UInt8(ascii: "7"), UInt8(ascii: "."), 0] {
                guard handle[index] != replacement else { continue }
                var changed = handle
                changed[index] = replacement
                #expect(handles.epoch(of: String(decoding: changed, as: UTF8.self), request: id) == nil)
            }
        }
    }

    @Test("What is no handle is none", arguments: 0..<15)
    func malformed(_ number: Int) {
        let handle = handles.handle(of: id, epoch: epoch)
        let mac = handle.dropFirst(2)
        let texts = [
            "", ".", "7", "7.", ".\(mac)", "\(mac)", "\(handle)A", "\(handle).", "\(handle.dropLast())", "+\(handle)",
            "0\(handle)", " \(handle)", "-\(handle)", "99999999999999999999.\(mac)",
            handle + String(repeating: "A", count: 1000),
        ]
        #expect(handles.epoch(of: texts[number], request: id) == nil)
    }

    @Test("No epoch below one has a handle that counts")
    func positive() {
        for value in [Int64.min, -7, 0] {
            let handle = handles.handle(of: id, epoch: AttemptEpoch(value))
            #expect(handles.epoch(of: handle, request: id) == nil)
        }
        let greatest = handles.handle(of: id, epoch: AttemptEpoch(.max))
        #expect(handles.epoch(of: greatest, request: id) == AttemptEpoch(.max))
    }
}
