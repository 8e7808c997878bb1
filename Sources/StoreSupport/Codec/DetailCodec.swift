package import SchedulerCore

/// Callbacks and accepted reports as bytes; nil where there is nothing to keep.
package enum DetailCodec {
    package static func encode(_ callback: CallbackSubscription?) -> [UInt8]? {
        guard let callback else { return nil }
        var writer = PackedWriter()
        writer.text(callback.url)
        writer.text(callback.securityScheme)
        writer.optionalText(callback.accessTokenURI)
        writer.optionalText(callback.clientID)
        writer.optionalText(callback.clientCredentialKey)
        writer.optionalText(callback.sealedClientSecret)
        return writer.bytes
    }

    package static func callback(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> CallbackSubscription {
        var reader = PackedReader(bytes)
        let url = try reader.text()
        var callback = CallbackSubscription(url: url, securityScheme: try reader.text())
        callback.accessTokenURI = try reader.optionalText()
        callback.clientID = try reader.optionalText()
        callback.clientCredentialKey = try reader.optionalText()
        callback.sealedClientSecret = try reader.optionalText()
        return callback
    }

    package static func encode(_ reports: [AcceptedReport]) -> [UInt8]? {
        guard !reports.isEmpty else { return nil }
        var writer = PackedWriter()
        writer.integer(Int64(reports.count))
        for report in reports {
            writer.integer(report.epoch.value)
            writer.integer(StoredCodes.reportStatuses.code(report.status))
        }
        return writer.bytes
    }

    package static func reports(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> [AcceptedReport] {
        var reader = PackedReader(bytes)
        var reports: [AcceptedReport] = []
        for _ in 0..<(try reader.count()) {
            let epoch = AttemptEpoch(try reader.integer())
            reports.append(AcceptedReport(epoch: epoch, status: try StoredCodes.reportStatuses.value(reader.integer())))
        }
        return reports
    }
}
