/// A name or a path that is the same as another only where every byte is.
///
/// Swift takes two texts for one where readers see the same letters, such as `é` as one character and as `e` with an
/// accent behind it. Git, Go and Python compare bytes: to them these are two files, two test groups, two keys.
public struct ExactText: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
    /// The text.
    public let text: String

    /// A text to be compared by its bytes.
    public init(_ text: String) { self.text = text }

    /// A text that stands in the source.
    public init(stringLiteral text: String) { self.text = text }

    /// Whether both have the same bytes.
    public static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

    /// Whether one comes first in the order of bytes.
    public static func < (left: ExactText, right: ExactText) -> Bool { left.text.isBefore(right.text) }

    /// Feeds the bytes and their number.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(text.utf8.count)
    }
}

extension StringProtocol {
    /// Whether another text has the same bytes.
    func isExactly(_ other: some StringProtocol) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

extension Selector {
    /// Whether both name the same thing, byte for byte.
    public static func == (left: Selector, right: Selector) -> Bool {
        switch (left, right) {
        case (.bucket(let left), .bucket(let right)), (.testGroup(let left), .testGroup(let right)),
            (.dashboard(let left), .dashboard(let right)), (.dashboardGroup(let left), .dashboardGroup(let right)):
            left.isExactly(right)
        case (.tab(let leftDashboard, let left), .tab(let rightDashboard, let right)):
            leftDashboard.isExactly(rightDashboard) && left.isExactly(right)
        default: false
        }
    }

    /// Feeds the kind and the name.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .bucket: hasher.combine(0)
        case .testGroup: hasher.combine(1)
        case .dashboard: hasher.combine(2)
        case .tab(let dashboard, _):
            hasher.combine(3)
            hasher.combine(ExactText(dashboard))
        case .dashboardGroup: hasher.combine(4)
        }
        hasher.combine(ExactText(name))
    }
}
