import CryptoExtras
import FoundationEssentials

/// The three numbers that make scrypt (RFC 7914) dear: cost N = 2^`ln`, block size `r`,
/// parallelisation `p`.
package struct ScryptCost: Sendable, Equatable {
    package let costLog2: Int
    package let blockSize: Int
    package let parallelism: Int

    /// The cost of every hash that we make: 32 MiB of memory.
    package static let standard = ScryptCost(uncheckedCostLog2: 15, blockSize: 8, parallelism: 1)

    /// A verification may take this much memory, in bytes; a stored hash must not be able to ask for more.
    package static let memoryMaxBytes = 128 << 20
    private static let costLog2Range = 10...20
    private static let blockSizeRange = 1...16
    private static let parallelismRange = 1...8
    /// Upper limit of N·r·p, a measure of time: eight times that of ``standard``.
    private static let workMax = 1 << 21

    /// A cost outside the limits, as the vectors of the RFC have it. Nothing that came from outside
    /// the program may take this way.
    package init(uncheckedCostLog2 costLog2: Int, blockSize: Int, parallelism: Int) {
        self.costLog2 = costLog2
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// Reads `ln=15,r=8,p=1`, in this order.
    package init(parsing text: some StringProtocol) throws(PasswordHashError) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3,
            let costLog2 = Self.number("ln=", Substring(parts[0])),
            let blockSize = Self.number("r=", Substring(parts[1])),
            let parallelism = Self.number("p=", Substring(parts[2]))
        else { throw .malformed }
        guard Self.costLog2Range.contains(costLog2) else { throw .outOfRange("ln") }
        guard Self.blockSizeRange.contains(blockSize) else { throw .outOfRange("r") }
        guard Self.parallelismRange.contains(parallelism) else { throw .outOfRange("p") }
        self.init(uncheckedCostLog2: costLog2, blockSize: blockSize, parallelism: parallelism)
        guard memoryBytes <= Self.memoryMaxBytes else { throw .outOfRange("memory") }
        guard (blockSize * parallelism) << costLog2 <= Self.workMax else { throw .outOfRange("work") }
    }

    var text: String { "ln=\(costLog2),r=\(blockSize),p=\(parallelism)" }

    /// The big table of the algorithm: 128·r·N bytes.
    private var memoryBytes: Int { (128 * blockSize) << costLog2 }

    /// The derived key. `password` and `salt` must not be empty.
    package func derive(password: [UInt8], salt: [UInt8], byteCount: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password,
            salt: salt,
            outputByteCount: byteCount,
            rounds: 1 << costLog2,
            blockSize: blockSize,
            parallelism: parallelism
        )
        return key.withUnsafeBytes { Array($0) }
    }

    private static func number(_ name: String, _ text: Substring) -> Int? {
        text.hasPrefix(name) ? PasswordHash.decimal(text.dropFirst(name.count)) : nil
    }
}
