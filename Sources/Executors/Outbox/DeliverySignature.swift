import Crypto
package import SchedulerCore

/// `Escapement-Signature`: tells a receiver that what it got is ours, and how old it is (REST §5.8).
package enum DeliverySignature {
    package static let header = "Escapement-Signature"

    /// - Parameters:
    ///   - body: as it is sent.
    ///   - key: shared with the receiver.
    ///   - now: time of the try.
    /// - Returns: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`.
    package static func value(of body: [UInt8], key: [UInt8], now: Timestamp) -> String {
        let seconds = String(now.wholeSeconds)
        let mac = HMAC<SHA256>.authenticationCode(
            for: Array(seconds.utf8) + [UInt8(ascii: ".")] + body,
            using: SymmetricKey(data: key)
        )
        return "t=\(seconds),v1=\(mac.hexadecimal)"
    }
}
