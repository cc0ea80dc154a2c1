/// One header field of a request to a stand-in, or of its answer.
public struct StandInHeader: Hashable, Sendable {
    /// The name as it was sent.
    public let name: String
    /// The value.
    public let value: String

    /// A field.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
