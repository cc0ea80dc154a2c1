internal import BotCore

internal import struct Foundation.URL

/// A path below the REST root, and what is asked of it.
struct Address: Hashable, Sendable {
    /// The path with a slash at its start, percent-encoded.
    let path: String
    /// The query without its question mark, percent-encoded; empty for none.
    let query: String

    /// Puts a path together; `nil` where a part is empty or would change the path (`.`, `..`).
    ///
    /// - Parameters:
    ///   - segments: Its parts as they are meant; a slash inside one is encoded.
    ///   - query: Names and values.
    init?(_ segments: [String], query: [(String, String)] = []) {
        guard segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
        path = segments.map { "/" + Self.encoded($0) }.joined()
        self.query = query.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// Reads an address that GitHub gave out; `nil` where it is no web address, or leaves the interface.
    ///
    /// Only its path and query are taken, and they are asked of our own root: through a proxy GitHub still names itself,
    /// and a token must never go anywhere else.
    ///
    /// - Parameters:
    ///   - link: An absolute address, or a path.
    ///   - roots: Where requests go.
    init?(link: String, roots: GitHubRoots) {
        guard link.utf8.count <= 8_192, link.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let rest = Self.afterOrigin(of: link)
        else { return nil }
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = String(parts.first ?? "")
        let prefix = roots.rest.path()
        // A root such as /api/v3 stands in GitHub's own links, too; behind a proxy it may be missing on either side.
        for known in [prefix, "/api/v3"] where known.count > 1 && (path + "/").hasPrefix(known + "/") {
            path = String(path.dropFirst(known.count))
            break
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard path.hasPrefix("/"), !path.contains("#"),
            segments.allSatisfy({ !$0.isEmpty && !["", ".", ".."].contains(Self.dotless($0)) })
        else { return nil }
        self.path = path
        query = parts.count > 1 ? String(parts[1].prefix { $0 != "#" }) : ""
    }

    /// The whole address below a root, which has no slash at its end.
    func url(below root: String) -> String { root + path + (query.isEmpty ? "" : "?" + query) }

    /// The value of a part of the query, still encoded; `nil` where it is not there.
    func value(of name: String) -> String? {
        for pair in query.split(separator: "&") where pair.hasPrefix(name + "=") {
            return String(pair.dropFirst(name.count + 1))
        }
        return nil
    }

    /// What an address says behind scheme, host and port; the address itself where it is a path.
    private static func afterOrigin(of link: String) -> String? {
        if link.hasPrefix("/") { return link.hasPrefix("//") ? nil : link }
        guard link.hasPrefix("https://") || link.hasPrefix("http://"), let scheme = link.firstRange(of: "://") else {
            return nil
        }
        let rest = link[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) }
    }

    /// A segment with encoded points written out, so that `%2e%2e` is known for what it is.
    private static func dotless(_ segment: Substring) -> Substring {
        segment.replacing("%2e", with: ".").replacing("%2E", with: ".")
    }

    /// Percent-encodes all but unreserved characters.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc3986#section-2.3
    static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
