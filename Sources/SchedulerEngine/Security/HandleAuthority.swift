package import Crypto
package import SchedulerCore

/// Makes and proves request handles (REST §5.9): `<epoch>.<mac>`, the MAC over request and epoch under a key of the
/// installation. Nothing is stored, and any node that shares the key proves any handle.
package struct HandleAuthority: Sendable {
    /// Longest handle that is looked at, in bytes.
    private static let longestHandle = 128

    /// Has taken the key in, which is half the work of a short message.
    private let keyed: HMAC<SHA256>

    package init(key: SymmetricKey) { keyed = HMAC(key: key) }

    /// The handle of one invocation: 256 bits of MAC, base64url.
    package func handle(of id: RequestID, epoch: AttemptEpoch) -> String {
        var code = keyed
        code.update(data: message(id, epoch))
        return "\(epoch).\(Self.base64URL(Array(code.finalize())))"
    }

    /// The invocation that a handle names, nil unless it is one of this request; compared in constant time.
    package func epoch(of handle: String, request id: RequestID) -> AttemptEpoch? {
        guard handle.utf8.count <= Self.longestHandle,
            let dot = handle.firstIndex(of: "."),
            let number = Int64(handle[..<dot]), number > 0
        else { return nil }
        let epoch = AttemptEpoch(number)
        let expected = Array(self.handle(of: id, epoch: epoch).utf8)
        let given = Array(handle.utf8)
        guard expected.count == given.count else { return nil }
        var difference: UInt8 = 0
        for (left, right) in zip(expected, given) { difference |= left ^ right }
        return difference == 0 ? epoch : nil
    }

    private func message(_ id: RequestID, _ epoch: AttemptEpoch) -> [UInt8] {
        Array("handle|\(id)|\(epoch)".utf8)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func base64URL(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
