/// Reads lists of addresses, and knows the odd one out of a file.
///
/// The same lists stand in hundreds of jobs, so each text of a file is looked at once.
struct AddressReader {
    /// What is wrong with one address.
    struct Problem {
        /// The address without white space around it.
        let address: String
        /// What is wrong, as the rest of a sentence.
        let words: String
        /// Whether it is no address at all, and not only an unlikely one.
        let isBroken: Bool
    }

    /// How often each file has each domain.
    private var domainCounts: [String: [String: Int]] = [:]
    /// What was found so far, by file and text.
    private var known: [String: [String: [Problem]]] = [:]

    /// Counts the domains.
    init(_ lists: [AlertAddresses]) {
        var domainsOfText: [String: [String]] = [:]
        for list in lists {
            let domains =
                domainsOfText[list.text] ?? list.pieces.map { Self.domain(of: $0.trimmingWhitespace()) }
            domainsOfText[list.text] = domains
            for domain in domains { domainCounts[list.place.path, default: [:]][domain, default: 0] += 1 }
        }
    }

    /// What is wrong with the addresses of a list, each by itself.
    mutating func problems(of list: AlertAddresses) -> [Problem] {
        if let found = known[list.place.path]?[list.text] { return found }
        let found = list.pieces.compactMap { piece in
            let address = piece.trimmingWhitespace()
            if let words = Self.brokenForm(of: address) {
                return Problem(address: address, words: words, isBroken: true)
            }
            return doubt(about: Self.domain(of: address), in: list.place.path).map {
                Problem(address: address, words: $0, isBroken: false)
            }
        }
        known[list.place.path, default: [:]][list.text] = found
        return found
    }

    /// What keeps a text from being an address, as the rest of a sentence.
    private static func brokenForm(of address: String) -> String? {
        if address.isEmpty { return "is empty: there is a comma too many" }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count != 2 { return "has \(parts.count - 1) @ signs, and an address has one" }
        if parts.contains(where: \.isEmpty) { return "has nothing on one side of the @" }
        // "Acme <alerts@acme.example>" is an address, too.
        if !address.hasSuffix(">"), address.contains(where: \.isWhitespace) { return "has a space in it" }
        return nil
    }

    private static func domain(of address: String) -> String {
        let domain = address.split(separator: "@").last.map(String.init) ?? ""
        return (domain.hasSuffix(">") ? String(domain.dropLast()) : domain).lowercased()
    }

    /// Why a domain is probably a misspelling, as the rest of a sentence; nil where it looks good.
    private func doubt(about domain: String, in path: String) -> String? {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, !labels.contains(where: \.isEmpty) else {
            return "has no complete domain behind the @"
        }
        if last.utf8.count != 2, !Self.commonEndings.contains(String(last)) {
            return "ends in .\(last), which few domains do"
        }
        let others = domainCounts[path] ?? [:]
        let own = others[domain] ?? 0
        let better = others.filter { other, count in
            let isLikelier = count > own || (count == own && other.utf8.count > domain.utf8.count)
            return isLikelier && editDistance(domain, other, limit: 1) == 1
        }.keys.min()
        return better.map { "is at \(domain), while others in this file are at \($0)" }
    }

    /// Endings of more than two letters that companies and projects really use; those of countries have two.
    private static let commonEndings: Set<String> = [
        "academy", "agency", "app", "biz", "blog", "build", "careers", "cloud", "codes", "com", "community",
        "company", "computer", "consulting", "coop", "dev", "digital", "edu", "email", "energy", "engineering",
        "finance", "foundation", "global", "gov", "group", "health", "host", "info", "int", "live", "mil",
        "mobi", "name", "net", "network", "news", "one", "online", "org", "page", "partners", "pro", "rocks",
        "run", "services", "shop", "site", "social", "software", "solutions", "space", "store", "studio",
        "support", "systems", "team", "tech", "technology", "tel", "tools", "top", "work", "works", "world",
        "xyz", "zone",
    ]
}
