/// A delivery's body, read once: whom it speaks for, and what it tells.
public struct DecodedDelivery: Hashable, Sendable {
    /// Whom it speaks for.
    public let scope: EventScope
    /// What it tells, or why it does not.
    public let event: Result<Event, EventProblem>

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - name: What the header `X-GitHub-Event` says.
    ///   - payload: The JSON body, whose signature has been checked.
    /// - Throws: `EventProblem` where the body is no object, or does not say whom it speaks for.
    public init(name: String, payload: some Collection<UInt8>) throws(EventProblem) {
        let object = try PayloadObject(payload: payload)
        scope = try EventScope(object)
        do throws(EventProblem) {
            event = .success(try Event(name: name, object))
        } catch {
            event = .failure(error)
        }
    }
}
