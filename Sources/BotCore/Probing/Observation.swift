/// What we saw, or that we could not look.
///
/// Unknown is never read as an answer: it does not become "private", "stale" or "gone".
public enum Observation<Value: Sendable>: Sendable {
    /// The question was answered.
    case seen(Value)
    /// The question got no answer; the reason is for people.
    case unknown(reason: String)

    /// The value where it was seen.
    public var value: Value? {
        if case .seen(let value) = self { value } else { nil }
    }

    /// What the transform makes of a seen value; an unknown stays unknown.
    public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Observation<Other> {
        switch self {
        case .seen(let value): .seen(transform(value))
        case .unknown(let reason): .unknown(reason: reason)
        }
    }
}

extension Observation: Equatable where Value: Equatable {}
extension Observation: Hashable where Value: Hashable {}
