/// The part of `/proc/<pid>/stat` that tells processes apart and relates them (proc(5)).
package struct ProcessStat: Hashable, Sendable {
    /// One letter; `Z` and `X` are dead.
    package let state: UInt8
    package let parent: Int32
    package let group: Int32
    package let session: Int32
    /// Clock ticks between boot and the start of the process.
    package let startTicks: UInt64

    /// A zombie holds nothing but its number.
    package var isDead: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }

    /// - Parameter line: content of the file; the second field may hold any byte, `)` and line ends too.
    package init?(parsing line: some BidirectionalCollection<UInt8>) {
        guard let nameEnd = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = line[line.index(after: nameEnd)...].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        // The first field after the name is number 3, the state.
        guard fields.count >= 20, let state = fields[0].first,
            let parent = Self.number(fields[1]), let group = Self.number(fields[2]),
            let session = Self.number(fields[3]), let start = Self.number(fields[19]), start >= 0
        else { return nil }
        self.state = state
        self.parent = Int32(truncatingIfNeeded: parent)
        self.group = Int32(truncatingIfNeeded: group)
        self.session = Int32(truncatingIfNeeded: session)
        startTicks = UInt64(start)
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int64? {
        Int64(String(decoding: digits, as: UTF8.self))
    }
}
