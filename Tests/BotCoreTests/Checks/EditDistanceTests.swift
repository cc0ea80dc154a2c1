import Testing

@testable import BotCore

@Suite struct EditDistanceTests {
    @Test(
        "Counts what turns one text into another",
        arguments: [
            ("", "", 0), ("contact", "contact", 0), ("conatct", "contact", 1), ("gcp_prefix", "gcs_prefix", 1),
            ("alerts_options", "alert_options", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("a", "b", 1),
        ])
    func distance(left: String, right: String, expected: Int) {
        #expect(editDistance(left, right, limit: 10) == expected)
        #expect(editDistance(right, left, limit: 10) == expected)
    }

    @Test("Gives up above the limit")
    func limit() {
        #expect(editDistance("kitten", "sitting", limit: 2) == nil)
        #expect(editDistance("kitten", "sitting", limit: 3) == 3)
        #expect(editDistance("a", "aaaa", limit: 2) == nil)
    }

    @Test("Names what was meant, the nearest first")
    func nearestNames() {
        let keys = ["prefix", "contact", "sequential", "exclude_jobs"]
        #expect(nearest(to: "squential", among: keys) == ["sequential"])
        #expect(nearest(to: "Contacts", among: keys) == ["contact"])
        #expect(nearest(to: "owner", among: keys) == [])
        #expect(nearest(to: "v1.35", among: ["v1.36", "v1.34", "v1.35x"], count: 2) == ["v1.34", "v1.35x"])
    }
}
