internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Ends connections that take too long, and those whose answer says `Connection: close`.
///
/// Who connects and says nothing, or half a head, holds a place that others need: so the alarm is set when the connection
/// begins, and again when an answer has gone out.
///
/// Hummingbird reads what is left of a refused body, however long that takes, and keeps the connection. Closing at once
/// would be worse: the sender, still writing, would get a reset in place of the answer. So the answer is sent, the
/// connection is closed in our direction, and read on for a moment.
final class ConnectionBounds: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let headLimit: TimeAmount
    private let idleLimit: TimeAmount
    private let requestLimit: TimeAmount
    private let linger: TimeAmount
    private var isReceiving = false
    private var isLast = false
    private var isLingering = false
    private var alarm: Scheduled<Void>?

    /// Bounds for one connection.
    init(limits: WebhookLimits) {
        headLimit = .seconds(Int64(limits.headSeconds))
        idleLimit = .seconds(Int64(limits.idleSeconds))
        requestLimit = .seconds(Int64(limits.requestSeconds))
        linger = .seconds(Int64(limits.lingerSeconds))
    }

    /// Sets the alarm where the connection has begun already.
    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { setAlarm(in: headLimit, context) }
    }

    /// Sets the alarm when the connection begins.
    func channelActive(context: ChannelHandlerContext) {
        setAlarm(in: headLimit, context)
        context.fireChannelActive()
    }

    /// Sees a request begin and end.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReceiving = true
            if !isLingering { setAlarm(in: requestLimit, context) }
        case .body: break
        case .end:
            isReceiving = false
            if isLingering {
                context.close(promise: nil)
            } else {
                alarm?.cancel()
            }
        }
        context.fireChannelRead(data)
    }

    /// Sees an answer begin and end.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = isLast || head.headerFields[.connection]?.lowercased() == "close"
            context.write(data, promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end where isLast && !isLingering:
            context.writeAndFlush(data, promise: promise)
            isLingering = true
            if isReceiving {
                context.close(mode: .output, promise: nil)
                setAlarm(in: linger, context)
            } else {
                context.close(promise: nil)
            }
        case .end:
            context.write(data, promise: promise)
            if !isReceiving, !isLingering { setAlarm(in: idleLimit, context) }
        }
    }

    /// Drops the alarm with the connection.
    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    private func setAlarm(in time: TimeAmount, _ context: ChannelHandlerContext) {
        alarm?.cancel()
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        alarm = context.value.eventLoop.scheduleTask(in: time) { context.value.close(promise: nil) }
    }
}

@available(*, unavailable)
extension ConnectionBounds: Sendable {}
