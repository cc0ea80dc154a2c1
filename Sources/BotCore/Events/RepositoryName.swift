/// A repository of GitHub as people write it: `kubernetes/test-infra`.
///
/// GitHub compares both parts without case; so do `==` and `hash` here, while the text keeps the case it came with.
/// Source: https://docs.github.com/en/rest/repos/repos#get-a-repository
public struct RepositoryName: Sendable, CustomStringConvertible {
    /// The account it belongs to: 1 to 39 letters, digits and `-` (and `_`, which managed accounts have).
    public let owner: String
    /// 1 to 100 letters, digits, `-`, `_` and `.`.
    public let name: String

    /// `nil` where either part could not be a name of GitHub's, so that neither can change the path of a request.
    public init?(owner: String, name: String) {
        guard Self.fits(owner, atMost: 39, and: ["-", "_"]), Self.fits(name, atMost: 100, and: ["-", "_", "."]),
            name != ".", name != ".."
        else { return nil }
        self.owner = owner
        self.name = name
    }

    /// Reads `OWNER/NAME`; `nil` where it is anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let owner = parts.first, let name = parts.last else { return nil }
        self.init(owner: String(owner), name: String(name))
    }

    /// `OWNER/NAME`, as it came.
    public var description: String { "\(owner)/\(name)" }

    private static func fits(_ text: String, atMost limit: Int, and others: [Unicode.Scalar]) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9": true
                default: others.contains(scalar)
                }
            }
    }
}

extension RepositoryName: Hashable {
    /// Equal where GitHub would answer for the same repository.
    public static func == (one: RepositoryName, other: RepositoryName) -> Bool {
        one.description.lowercased() == other.description.lowercased()
    }

    /// Hashes both parts without case.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(description.lowercased())
    }
}
