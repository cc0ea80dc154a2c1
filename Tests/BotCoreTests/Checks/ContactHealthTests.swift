import Foundation
import Testing

@testable import BotCore

@Suite("What is thought of a contact")
struct ContactHealthTests {
    private let day = 86_400.0

    /// A registry whose contacts stand in `buckets.yaml`, in a comment and in OWNERS files.
    private var registry: Registry {
        SweepFixture([
            "kettle/buckets.yaml": """
            gs://acme/logs/:
              contact: "casey" # asks casey
              prefix: "acme:"
            gs://globex/logs/:
              contact: "kim"
              prefix: "globex:"

            """,
            "kettle/OWNERS": "approvers:\n- casey\n- robin\n- sam\nreviewers:\n- alex\n",
            "OWNERS": "approvers:\n- root\n",
            "config/testgrids/x/x.yaml":
                "test_groups:\n# X (contact: @kubernetes/x-team)\n- name: x\n  gcs_prefix: x/l\n",
            "config/testgrids/x/OWNERS": "options:\n  no_parent_owners: true\napprovers:\n- casey\n",
        ]).registry
    }

    private func known(_ change: (inout KnownContact) -> Void = { _ in }) -> KnownContact {
        var known = KnownContact(accountID: 7, isPresent: true, askedAt: probeNow)
        change(&known)
        return known
    }

    private var lost: KnownContact { known { $0.isPresent = false } }

    private func findings(_ known: [String: KnownContact], unanswered: Set<String> = []) -> [Finding] {
        let registry = registry
        let entries = registry.entries.map { selector in
            SweptEntry(
                selector: selector, place: SourcePlace(path: "x", line: 1), locations: [],
                freshness: Freshness(verdict: .fresh, staleAfterDays: 90),
                confirmations: Confirmations(seen: 0, needed: 2), contacts: registry.contacts(of: selector))
        }
        return ContactHealth(
            registry: registry, owner: "kubernetes", known: known, unanswered: unanswered, now: probeNow
        ).findings(for: entries)
    }

    private func lines(_ findings: [Finding]) -> [String] {
        findings.map { finding in
            let place = finding.place.map { "\($0.path):\($0.line)" } ?? ""
            let names = finding.arguments["candidates"] ?? ""
            return "\(finding.rule) \(place) \(finding.severity) \(finding.arguments["owners"] ?? ""): \(names)"
        }
    }

    @Test("nothing is said of whom nobody asked for, who did not answer, and whose answer is too old")
    func unknown() {
        #expect(findings([:]) == [])
        #expect(findings([:], unanswered: ["login:casey"]) == [])
        let old = known {
            $0.isPresent = false
            $0.askedAt = probeNow.addingTimeInterval(-15 * day)
        }
        #expect(findings(["login:casey": old]) == [])
    }

    @Test("who is gone is told once for each place, with the nearest approvers: the known ones first, and no lost ones")
    func gone() {
        let found = findings(["login:casey": lost, "login:robin": lost, "login:sam": known(), "login:root": lost])
        #expect(
            lines(found) == [
                "contact-gone config/testgrids/x/OWNERS:4 note No OWNERS file: anybody else",
                "contact-gone kettle/OWNERS:2 note kettle/OWNERS: sam",
                "contact-gone kettle/OWNERS:3 note kettle/OWNERS: sam",
                "bucket-contact-unknown kettle/buckets.yaml:2 warning kettle/OWNERS: sam",
            ])
        let nobody = findings(["login:casey": lost, "login:robin": lost, "login:sam": lost])
        #expect(lines(nobody).last == "bucket-contact-unknown kettle/buckets.yaml:2 warning OWNERS: root")
    }

    @Test("a team that is gone is told where it is named")
    func team() {
        let found = findings(["team:kubernetes/x-team": lost])
        #expect(lines(found) == ["contact-gone config/testgrids/x/x.yaml:2 warning config/testgrids/x/OWNERS: casey"])
        #expect(found.first?.evidence.first?.request == "GET /orgs/kubernetes/teams/x-team")
    }

    @Test("who was renamed gets the line with the new name, where the old one stands there once")
    func renamed() {
        let found = findings([
            "login:kim": known { $0.currentName = "kim-lee" }, "login:casey": known { $0.currentName = "casey-2" },
        ])
        let buckets = found.filter { $0.place?.path == "kettle/buckets.yaml" }
        #expect(buckets.map(\.rule) == ["contact-renamed", "contact-renamed"])
        #expect(buckets.map { $0.fix?.replacement } == [nil, "  contact: \"kim-lee\""])
        #expect(buckets.last?.evidence.first?.request == "GET /user/7")
        let hostile = findings(["login:kim": known { $0.currentName = "x\" # @everyone" }])
        #expect(hostile.map(\.fix) == [nil])
    }

    @Test("who was a member and is none any more has left; who never was one has not, but in an OWNERS file")
    func departed() {
        func member(_ isMember: Bool, before: Bool, daysAgo: Double = 0) -> KnownContact {
            known {
                if before { $0.note(isMember: true, at: probeNow.addingTimeInterval(-40 * day)) }
                $0.note(isMember: isMember, at: probeNow.addingTimeInterval(-daysAgo * day))
            }
        }
        #expect(findings(["login:kim": member(false, before: true)]).map(\.rule) == ["contact-departed"])
        #expect(findings(["login:kim": member(false, before: false)]) == [])
        #expect(findings(["login:kim": member(true, before: true)]) == [])
        #expect(findings(["login:kim": member(false, before: true, daysAgo: 15)]) == [])
        #expect(findings(["login:sam": member(false, before: false)]).map(\.severity) == [.note])
    }

    @Test("somebody is asked for again after three days, and a clock that was ahead holds nothing up")
    func due() {
        func isDue(_ days: Double) -> Bool {
            known { $0.askedAt = probeNow.addingTimeInterval(-days * day) }.isDue(now: probeNow)
        }
        #expect(!isDue(0))
        #expect(!isDue(2.9))
        #expect(isDue(3))
        #expect(isDue(-0.1))
    }
}
