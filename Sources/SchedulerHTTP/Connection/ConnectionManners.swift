import NIOCore

/// Stands between a connection and the parser of its messages: what clients send as it was typed reaches the parser
/// well-formed (`RequestLineScanner`), and a message that the parser gives up is refused with a code, as any other is.
final class ConnectionManners: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// What the framework answers in place of a message that it cannot read; nothing else has this head.
    private static let bareRefusal =
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".utf8

    private var scanner = RequestLineScanner()
    private let refusal: () -> [UInt8]

    /// - Parameter refusal: the whole message, head and body, that is sent in its place.
    init(refusal: @escaping () -> [UInt8]) { self.refusal = refusal }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let output = scanner.take(unwrapInboundIn(data))
        if output.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(output)) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        passRest(context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { passRest(context) }

    /// What never became a line is the parser's to judge.
    private func passRest(_ context: ChannelHandlerContext) {
        let rest = scanner.rest()
        if rest.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(rest)) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .byteBuffer(let buffer) = unwrapOutboundIn(data),
            buffer.readableBytesView.elementsEqual(Self.bareRefusal)
        else { return context.write(data, promise: promise) }
        context.write(wrapOutboundOut(.byteBuffer(ByteBuffer(bytes: refusal()))), promise: promise)
    }
}
