/// Contacts in running text: `@login`, `@org/team`, addresses and `OWNER: sig-x (team);`.
///
/// Source: how contacts have really been written in kubernetes/test-infra since 2016.
enum ContactText {
    /// A contact without a place.
    struct Name: Hashable {
        let kind: Contact.Kind
        let value: String
    }

    /// Every contact in a comment or a description, in order, each once.
    static func names(in text: String) -> [Name] {
        // Counted in bytes where that is enough: a registry has thousands of descriptions, and most are short.
        let text = text.utf8.count <= 4096 ? text[...] : text.prefix(4096)
        var found: [Name] = []
        if let owner = ownerLine(text) { found.append(owner) }
        guard text.utf8.contains(UInt8(ascii: "@")) else { return found }
        for word in text.split(whereSeparator: { $0.isWhitespace || ",;()<>\"'\u{2019}`".contains($0) }) {
            guard let name = name(in: word), !found.contains(name) else { continue }
            found.append(name)
        }
        return found
    }

    /// The contact that one word is: `@octocat`, `@acme/images.`, `e2e@acme.example`.
    private static func name(in word: Substring) -> Name? {
        var word = word
        while let last = word.last, ".:!?]".contains(last) { word.removeLast() }
        while let first = word.first, "[:".contains(first) { word.removeFirst() }
        if schedules.contains(word) { return nil }
        if word.first == "@" {
            let handle = word.dropFirst()
            let parts = handle.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count == 2, isLogin(parts[0]), isSlug(parts[1]) { return Name(kind: .team, value: String(handle)) }
            return parts.count == 1 && isLogin(handle) ? Name(kind: .login, value: String(handle)) : nil
        }
        let address = word.hasPrefix("mailto:") ? word.dropFirst("mailto:".count) : word
        // In running text `kind@v0.20.0` is no address, though an alert could be sent to one like it.
        guard isAddress(address), endsInLetters(address) else { return nil }
        return Name(kind: .email, value: String(address))
    }

    /// Words that cron reads as a time.
    private static let schedules: Set<Substring> = [
        "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually", "@every", "@reboot",
    ]

    /// Whether what stands behind the last dot can be a top-level domain.
    private static func endsInLetters(_ address: Substring) -> Bool {
        let last = address.split(separator: ".").last ?? ""
        return last.utf8.count >= 2
            && last.utf8.first.map { isASCIILetterOrDigit($0) && !(48...57).contains($0) } == true
    }

    /// Reads the owner that a description names, as in `OWNER: sig-release (release-engineering); Ends up running ...`.
    private static func ownerLine(_ text: Substring) -> Name? {
        guard let range = text.range(ofWord: "OWNER:") else { return nil }
        let owner = text[range.upperBound...].drop(while: \.isWhitespace).prefix {
            $0.isLetter || $0.isNumber || $0 == "-"
        }
        return owner.hasPrefix("sig-") || owner.hasPrefix("wg-") ? Name(kind: .team, value: String(owner)) : nil
    }

    /// 1 to 39 letters, digits and single hyphens between them.
    ///
    /// Source: GitHub's form for new accounts; older logins may end in a hyphen.
    static func isLogin(_ text: some StringProtocol) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 39, text.first != "-", !text.contains("--") else { return false }
        return text.utf8.allSatisfy { isASCIILetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    static func isSlug(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 100
            && text.utf8.allSatisfy { isASCIILetterOrDigit($0) || "-_.".utf8.contains($0) }
    }

    /// An address as they occur in the registry: one `@`, something before it, a dotted domain behind it.
    static func isAddress(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), text.utf8.count <= 254 else { return false }
        return !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
            && parts[1].utf8.allSatisfy { isASCIILetterOrDigit($0) || ".-".utf8.contains($0) }
            && parts[0].utf8.allSatisfy { isASCIILetterOrDigit($0) || ".-_+=%&'".utf8.contains($0) }
    }

    static func isASCIILetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}

extension Substring {
    /// Where a word stands that begins the text or follows no letter.
    fileprivate func range(ofWord word: String) -> Range<Index>? {
        var start = startIndex
        while let first = utf8[start...].firstIndex(where: { $0 == word.utf8.first }) {
            let end = utf8.index(first, offsetBy: word.utf8.count, limitedBy: utf8.endIndex)
            if let end, utf8[first..<end].elementsEqual(word.utf8),
                first == startIndex || !self[index(before: first)].isLetter
            {
                return first..<end
            }
            start = utf8.index(after: first)
        }
        return nil
    }
}
