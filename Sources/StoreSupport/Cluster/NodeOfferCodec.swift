package import SchedulerCore

/// What a node tells of itself, in one column.
package enum NodeOfferCodec {
    package static func encode(_ offer: NodeOffer) -> [UInt8] {
        var writer = PackedWriter()
        writer.byte(
            (offer.isDispatching ? dispatching : 0) | (offer.isProcessing ? processing : 0)
                | (offer.isNewcomer ? newcomer : 0) | (offer.hasFailed ? failed : 0)
        )
        writer.integer(Int64(offer.threads))
        writer.byte(offer.applications == nil ? 0 : 1)
        write(offer.applications ?? [], to: &writer)
        write(offer.logicalClusters, to: &writer)
        return writer.bytes
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> NodeOffer {
        var reader = PackedReader(bytes)
        let flags = try reader.byte()
        let threads = Int(clamping: try reader.integer())
        let isLimited = try reader.byte() == 1
        let applications = try names(&reader)
        return NodeOffer(
            applications: isLimited ? applications : nil,
            logicalClusters: try names(&reader),
            threads: threads,
            isDispatching: flags & dispatching != 0,
            isProcessing: flags & processing != 0,
            isNewcomer: flags & newcomer != 0,
            hasFailed: flags & failed != 0
        )
    }

    private static let dispatching: UInt8 = 1
    private static let processing: UInt8 = 2
    private static let newcomer: UInt8 = 4
    private static let failed: UInt8 = 8

    private static func write(_ names: Set<String>, to writer: inout PackedWriter) {
        writer.integer(Int64(names.count))
        for name in names.sorted() { writer.text(name) }
    }

    private static func names(_ reader: inout PackedReader) throws(StoreFault) -> Set<String> {
        var names: Set<String> = []
        for _ in 0..<(try reader.count()) { names.insert(try reader.text()) }
        return names
    }
}
