package import SchedulerCore

/// Execution policies as bytes: a mask of what differs from the base, then those values in order of their bits.
///
/// The priority is a column of its own. Most policies equal the base and take no room at all.
package enum PolicyCodec {
    /// What a missing value means. Part of the file format: it stays even where the core's defaults change.
    package static let base: ExecutionPolicy = {
        var policy = ExecutionPolicy()
        policy.retries = 0
        policy.requestExpiration = .zero
        policy.requestTimeout = nil
        policy.retryDelay = .zero
        policy.retryFactor = 1
        policy.retryMaxDelay = .seconds(3600)
        policy.retryJitter = 0
        policy.timeoutAction = .mark
        policy.nodeLost = .retry
        policy.cancelGrace = nil
        policy.cancelEndAfter = nil
        policy.handleIsCredential = true
        policy.allowMultiplePending = true
        policy.maxConcurrent = 0
        policy.hasPreProcess = false
        policy.hasPostProcess = false
        policy.reprocessDelay = .seconds(300)
        return policy
    }()

    /// Bits of the mask; a new value gets the next one.
    private enum Part: Int64 {
        case retries = 1
        case requestExpiration = 2
        case requestTimeout = 4
        case retryDelay = 8
        case retryFactor = 16
        case retryMaxDelay = 32
        case retryJitter = 64
        case timeoutAction = 128
        case nodeLost = 256
        case cancelGrace = 512
        case cancelEndAfter = 1024
        case sharedHandle = 2048
        case singlePending = 4096
        case maxConcurrent = 8192
        case preProcess = 16_384
        case postProcess = 32_768
        case reprocessDelay = 65_536
    }

    /// Nil for the base.
    package static func encode(_ policy: ExecutionPolicy) -> [UInt8]? {
        let mask = mask(of: policy)
        guard mask != 0 else { return nil }
        var writer = PackedWriter()
        writer.integer(mask)
        func has(_ part: Part) -> Bool { mask & part.rawValue != 0 }
        if has(.retries) { writer.integer(Int64(policy.retries)) }
        if has(.requestExpiration) { writer.duration(policy.requestExpiration) }
        if has(.requestTimeout) { writer.duration(policy.requestTimeout ?? .zero) }
        if has(.retryDelay) { writer.duration(policy.retryDelay) }
        if has(.retryFactor) { writer.number(policy.retryFactor) }
        if has(.retryMaxDelay) { writer.duration(policy.retryMaxDelay) }
        if has(.retryJitter) { writer.number(policy.retryJitter) }
        if has(.timeoutAction) { writer.integer(StoredCodes.timeoutActions.code(policy.timeoutAction)) }
        if has(.nodeLost) { writer.integer(StoredCodes.nodeLostActions.code(policy.nodeLost)) }
        if has(.cancelGrace) { writer.duration(policy.cancelGrace ?? .zero) }
        if has(.cancelEndAfter) { writer.duration(policy.cancelEndAfter ?? .zero) }
        if has(.maxConcurrent) { writer.integer(Int64(policy.maxConcurrent)) }
        if has(.reprocessDelay) { writer.duration(policy.reprocessDelay) }
        return writer.bytes
    }

    package static func decode(_ reader: inout PackedReader) throws(StoreFault) -> ExecutionPolicy {
        let mask = try reader.integer()
        func has(_ part: Part) -> Bool { mask & part.rawValue != 0 }
        var policy = base
        if has(.retries) { policy.retries = Int(clamping: try reader.integer()) }
        if has(.requestExpiration) { policy.requestExpiration = try reader.duration() }
        if has(.requestTimeout) { policy.requestTimeout = try reader.duration() }
        if has(.retryDelay) { policy.retryDelay = try reader.duration() }
        if has(.retryFactor) { policy.retryFactor = try reader.number() }
        if has(.retryMaxDelay) { policy.retryMaxDelay = try reader.duration() }
        if has(.retryJitter) { policy.retryJitter = try reader.number() }
        if has(.timeoutAction) { policy.timeoutAction = try StoredCodes.timeoutActions.value(reader.integer()) }
        if has(.nodeLost) { policy.nodeLost = try StoredCodes.nodeLostActions.value(reader.integer()) }
        if has(.cancelGrace) { policy.cancelGrace = try reader.duration() }
        if has(.cancelEndAfter) { policy.cancelEndAfter = try reader.duration() }
        policy.handleIsCredential = !has(.sharedHandle)
        policy.allowMultiplePending = !has(.singlePending)
        if has(.maxConcurrent) { policy.maxConcurrent = Int(clamping: try reader.integer()) }
        policy.hasPreProcess = has(.preProcess)
        policy.hasPostProcess = has(.postProcess)
        if has(.reprocessDelay) { policy.reprocessDelay = try reader.duration() }
        return policy
    }

    private static func mask(of policy: ExecutionPolicy) -> Int64 {
        var mask: Int64 = 0
        func note(_ part: Part, _ differs: Bool) {
            if differs { mask |= part.rawValue }
        }
        note(.retries, policy.retries != base.retries)
        note(.requestExpiration, policy.requestExpiration != base.requestExpiration)
        note(.requestTimeout, policy.requestTimeout != base.requestTimeout)
        note(.retryDelay, policy.retryDelay != base.retryDelay)
        note(.retryFactor, policy.retryFactor != base.retryFactor)
        note(.retryMaxDelay, policy.retryMaxDelay != base.retryMaxDelay)
        note(.retryJitter, policy.retryJitter != base.retryJitter)
        note(.timeoutAction, policy.timeoutAction != base.timeoutAction)
        note(.nodeLost, policy.nodeLost != base.nodeLost)
        note(.cancelGrace, policy.cancelGrace != base.cancelGrace)
        note(.cancelEndAfter, policy.cancelEndAfter != base.cancelEndAfter)
        note(.sharedHandle, policy.handleIsCredential != base.handleIsCredential)
        note(.singlePending, policy.allowMultiplePending != base.allowMultiplePending)
        note(.maxConcurrent, policy.maxConcurrent != base.maxConcurrent)
        note(.preProcess, policy.hasPreProcess != base.hasPreProcess)
        note(.postProcess, policy.hasPostProcess != base.hasPostProcess)
        note(.reprocessDelay, policy.reprocessDelay != base.reprocessDelay)
        return mask
    }
}
