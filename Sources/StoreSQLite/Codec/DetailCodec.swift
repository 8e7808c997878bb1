import SchedulerCore

/// Parameters, callbacks and accepted reports as bytes; nil where there is nothing to keep.
enum DetailCodec {
    private enum Flag {
        static let readOnly: UInt8 = 1
        static let secret: UInt8 = 2
    }

    static func encode(_ parameters: [Parameter]) -> [UInt8]? {
        guard !parameters.isEmpty else { return nil }
        var writer = PackedWriter()
        writer.integer(Int64(parameters.count))
        for parameter in parameters {
            writer.text(parameter.name)
            writer.integer(StoredCodes.parameterTypes.code(parameter.type))
            writer.optionalText(parameter.value)
            writer.optionalText(parameter.scope)
            writer.byte((parameter.isReadOnly ? Flag.readOnly : 0) | (parameter.isSecret ? Flag.secret : 0))
        }
        return writer.bytes
    }

    static func parameters(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> [Parameter] {
        var reader = PackedReader(bytes)
        var parameters: [Parameter] = []
        for _ in 0..<(try reader.count()) {
            let name = try reader.text()
            let type = try StoredCodes.parameterTypes.value(reader.integer())
            let value = try reader.optionalText()
            let scope = try reader.optionalText()
            let flags = try reader.byte()
            parameters.append(
                Parameter(
                    name: name,
                    type: type,
                    value: value,
                    scope: scope,
                    isReadOnly: flags & Flag.readOnly != 0,
                    isSecret: flags & Flag.secret != 0
                )
            )
        }
        return parameters
    }

    static func encode(_ callback: CallbackSubscription?) -> [UInt8]? {
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

    static func callback(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> CallbackSubscription {
        var reader = PackedReader(bytes)
        let url = try reader.text()
        var callback = CallbackSubscription(url: url, securityScheme: try reader.text())
        callback.accessTokenURI = try reader.optionalText()
        callback.clientID = try reader.optionalText()
        callback.clientCredentialKey = try reader.optionalText()
        callback.sealedClientSecret = try reader.optionalText()
        return callback
    }

    static func encode(_ reports: [AcceptedReport]) -> [UInt8]? {
        guard !reports.isEmpty else { return nil }
        var writer = PackedWriter()
        writer.integer(Int64(reports.count))
        for report in reports {
            writer.integer(report.epoch.value)
            writer.integer(StoredCodes.reportStatuses.code(report.status))
        }
        return writer.bytes
    }

    static func reports(_ bytes: UnsafeRawBufferPointer) throws(StoreFault) -> [AcceptedReport] {
        var reader = PackedReader(bytes)
        var reports: [AcceptedReport] = []
        for _ in 0..<(try reader.count()) {
            let epoch = AttemptEpoch(try reader.integer())
            reports.append(AcceptedReport(epoch: epoch, status: try StoredCodes.reportStatuses.value(reader.integer())))
        }
        return reports
    }
}
