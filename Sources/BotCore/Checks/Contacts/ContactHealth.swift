public import struct Foundation.Date

/// Judges the contacts of a registry by what is known of them.
public struct ContactHealth: Sendable {
    /// Where they are named.
    public let registry: Registry
    /// The organization, or the person, whose repository it is.
    public let owner: String
    /// What GitHub said of each, by `Contact.key`.
    public let known: [String: KnownContact]
    /// Those of whom GitHub did not say anything when it was asked now, by the same.
    public let unanswered: Set<String>
    /// The present.
    public let now: Date

    /// Names of owners that a finding offers.
    static let candidatesOffered = 3

    /// Who judges.
    public init(
        registry: Registry, owner: String, known: [String: KnownContact], unanswered: Set<String> = [], now: Date
    ) {
        self.registry = registry
        self.owner = owner
        self.known = known
        self.unanswered = unanswered
        self.now = now
    }

    /// A contact of an entry, with what is known of it.
    ///
    /// - Parameters:
    ///   - contact: Who is named, and where.
    ///   - entry: Whose contact it is.
    ///   - hasSpoken: Whether the contact has said something on the pull request; nil where there is none.
    /// - Returns: What the rules judge.
    public func asked(_ contact: Contact, of entry: Selector, hasSpoken: Observation<Bool>? = nil) -> AskedContact {
        let known = known[contact.key]
        let standing =
            known?.standing(in: contact.source, now: now)
            ?? (unanswered.contains(contact.key) ? .unknown(reason: "GitHub did not answer") : nil)
        var asked = AskedContact(
            entry: entry, contact: contact, standing: standing, hasSpoken: hasSpoken,
            evidence: known.map { [evidence(on: contact, $0, standing?.value)] } ?? [])
        guard let wrong = standing?.value, !wrong.isReachable else { return asked }
        asked.organization = owner
        asked.candidates = candidates(insteadOf: contact)
        if case .renamed(let name) = wrong { asked.fix = rename(contact, to: name) }
        return asked
    }

    /// What is wrong with the contacts of entries: each name once at each place where it stands.
    ///
    /// - Parameter entries: Those whose contacts matter.
    /// - Returns: The findings, by file and line.
    public func findings(for entries: [SweptEntry]) -> [Finding] {
        var seen: Set<Contact> = []
        let all = entries.flatMap { entry in
            // Owners of a file with thousands of entries are judged once.
            entry.contacts.filter { seen.insert($0).inserted }.map { asked($0, of: entry.selector) }
        }
        return ContactRules.findings(on: all).sortedByPlace()
    }

    // MARK: - Instead of whom

    /// The approvers of the nearest OWNERS file with somebody who may answer: those of whom that is known come first.
    private func candidates(insteadOf contact: Contact) -> ContactCandidates? {
        for file in registry.ownersFiles(above: contact.place.path) {
            let approvers = registry.approvers(of: file).filter { $0.key != contact.key }
            let standings = approvers.map { known[$0.key]?.standing(in: $0.source, now: now) }
            let sure = zip(approvers, standings).filter { $0.1?.value == .present }.map(\.0.value)
            let unsure = zip(approvers, standings).filter { $0.1?.value == nil }.map(\.0.value)
            let names = Array((sure + unsure).prefix(Self.candidatesOffered))
            if !names.isEmpty { return ContactCandidates(path: file.path, names: names) }
        }
        return nil
    }

    /// The line with the new name; nil where the old one does not stand there just once.
    private func rename(_ contact: Contact, to name: String) -> Fix? {
        guard ContactText.isLogin(name), let file = registry.file(at: contact.place.path),
            let line = file.source.lines.exactText(of: contact.place.line)
        else { return nil }
        let words = line.split(omittingEmptySubsequences: true) { character in
            !character.utf8.allSatisfy { ContactText.isASCIILetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        let same = words.filter { $0.lowercased() == contact.value.lowercased() }
        guard same.count == 1, let word = same.first else { return nil }
        return LineReplacement(file.source.lines).replacing(
            line: contact.place.line, with: line[..<word.startIndex] + name + line[word.endIndex...])
    }

    // MARK: - How it is known

    private func evidence(on contact: Contact, _ known: KnownContact, _ standing: ContactStanding?) -> Evidence {
        func evidence(_ request: String, _ status: Int?, _ detail: String, at time: Date) -> Evidence {
            Evidence(request: "GET \(request)", status: status, observedAt: time, detail: detail)
        }
        if contact.kind == .team {
            let slug = contact.value.split(separator: "/").last ?? ""
            return evidence(
                "/orgs/\(owner)/teams/\(slug)", known.isPresent ? 200 : 404,
                known.isPresent ? "there is such a team" : "there is no such team", at: known.askedAt)
        }
        let account = "/users/\(contact.value)"
        switch standing {
        case .renamed(let name)?:
            return evidence(
                "/user/\(known.accountID ?? 0)", 200, "the account that was \(contact.value) is called \(name)",
                at: known.askedAt)
        case .gone?: return evidence(account, 404, "there is no such account", at: known.askedAt)
        case .departed?:
            return evidence(
                "/orgs/\(owner)/members/\(contact.value)", 404, "not a member", at: known.memberAskedAt ?? known.askedAt
            )
        case .present?: return evidence(account, 200, "there is such an account", at: known.askedAt)
        case nil: return evidence(account, nil, "GitHub did not answer", at: known.askedAt)
        }
    }
}

/// Who may take a contact's place.
public struct ContactCandidates: Hashable, Sendable {
    /// The OWNERS file that names them.
    public let path: String
    /// Their logins, those first of whom it is known that they are there.
    public let names: [String]
}
