internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// Sends each request to what answers it, by its path alone.
struct WebResponder: HTTPResponder {
    let intake: WebhookIntake
    let help: PluginHelp
    let readiness: Readiness
    let operators: OperatorRoutes

    /// Answers one request.
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let response = await answer(to: request)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(to request: Request) async -> Response {
        switch request.uri.path {
        case "/webhook", "/hook", "/": await intake.respond(to: request)
        case "/help", "/hook/help", "/webhook/help": await help.respond(to: request, within: intake.budget)
        case "/healthz": request.isReading ? .text(.ok, "ok\n") : .notAllowed("GET, HEAD")
        case "/readyz": request.isReading ? await ready() : .notAllowed("GET, HEAD")
        default: await operators.answer(to: request) ?? .closing(.notFound, "There is nothing here.\n")
        }
    }

    private func ready() async -> Response {
        let obstacles = await readiness.obstacles()
        guard !obstacles.isEmpty else { return .text(.ok, "ready\n") }
        return .text(.serviceUnavailable, "not ready: \(obstacles.joined(separator: "; "))\n")
    }
}

extension Request {
    /// Whether it only wants to know.
    fileprivate var isReading: Bool { method == .get || method == .head }
}

extension Response {
    /// A text, after which the connection is closed, since a body may follow that nobody reads.
    static func closing(_ status: HTTPResponse.Status, _ text: String) -> Response {
        var response = Response.text(status, text)
        response.headers[.connection] = "close"
        return response
    }

    /// 405 with the methods that there are.
    static func notAllowed(_ methods: String) -> Response {
        var response = Response.closing(.methodNotAllowed, "Use \(methods).\n")
        response.headers[.allow] = methods
        return response
    }
}
