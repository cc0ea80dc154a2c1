internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Ends connections that take too long, and those whose answer says `Connection: close`.
///
/// Who connects and says nothing, or half a head, holds a place that others need: so the alarm is set when the connection
/// begins, and again when an answer has gone out.
///
/// A body that takes too long ends for whoever reads it with an empty piece, as no sender's does; what comes of it later is
/// dropped. To run a timer of its own for each body took more time than to read it.
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
    private let bodyLimit: TimeAmount
    private let requestLimit: TimeAmount
    private let linger: TimeAmount
    private var isReceiving = false
    /// Whether the body was ended before its end.
    private var isCut = false
    private var isLast = false
    private var isLingering = false
    /// When it is to be ended; nil while nothing has to come.
    private var due: NIODeadline?
    private var alarm: (time: NIODeadline, scheduled: Scheduled<Void>)?

    /// Bounds for one connection.
    init(limits: WebhookLimits) {
        headLimit = .seconds(Int64(limits.headSeconds))
        idleLimit = .seconds(Int64(limits.idleSeconds))
        bodyLimit = TimeAmount(limits.bodyDeadline)
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
            isCut = false
            if !isLingering { setAlarm(in: bodyLimit, context) }
        case .body:
            if isCut { return }
        case .end:
            isReceiving = false
            if isLingering {
                context.close(promise: nil)
            } else {
                due = nil
            }
            if isCut { return }
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
        due = nil
        alarm?.scheduled.cancel()
        context.fireChannelInactive()
    }

    private func setAlarm(in time: TimeAmount, _ context: ChannelHandlerContext) {
        let due = context.eventLoop.now + time
        self.due = due
        // An alarm that rings too early looks when it really has to; to move it with each request costs more.
        guard alarm.map({ $0.time > due }) ?? true else { return }
        alarm?.scheduled.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        alarm = (due, context.eventLoop.scheduleTask(deadline: due) { bound.value.0.ring(bound.value.1) })
    }

    private func ring(_ context: ChannelHandlerContext) {
        alarm = nil
        guard let due else { return }
        let left = due - context.eventLoop.now
        if left > .zero {
            setAlarm(in: left, context)
        } else if isReceiving, !isCut, !isLingering {
            cut(context)
        } else {
            context.close(promise: nil)
        }
    }

    private func cut(_ context: ChannelHandlerContext) {
        isCut = true
        setAlarm(in: requestLimit - bodyLimit, context)
        context.fireChannelRead(wrapInboundOut(.body(ByteBuffer())))
        context.fireChannelRead(wrapInboundOut(.end(nil)))
        context.fireChannelReadComplete()
    }
}

@available(*, unavailable)
extension ConnectionBounds: Sendable {}
