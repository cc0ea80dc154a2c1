import BotCore
import Foundation
import TestSupport
import Testing

@Suite("Build ids")
struct BuildIDTests {
    @Test(
        "each form is recognized",
        arguments: [
            ("1", BuildIDForm.sequential), ("439703", .sequential), ("999999999999999999", .sequential),
            ("1369419412041371648", .snowflake), ("9223372036854775807", .snowflake),
            ("9223372036854775808", .sequential),
            ("1787400000", .unixSeconds), ("1234567890", .sequential), ("9999999999", .sequential),
            ("20180625-131415-ab12-4711", .bootstrap), ("20181332-131415-ab12-4711", .free),
            ("20180231-131415-ab-1", .free),
            ("20180625-251415-ab12-4711", .free), ("nightly-7", .free), ("", .free), ("+5", .free), ("٣", .free),
            ("18446744073709551616", .free), ("-1", .free), ("1e5", .free),
        ])
    func forms(text: String, expected: BuildIDForm) {
        #expect(BuildID(text).form == expected)
    }

    @Test("ids that hold a time tell it")
    func times() throws {
        let snowflake = try #require(BuildID("1369419412041371648").time)
        #expect(abs(snowflake.timeIntervalSince1970 - 1_615_330_005.070) < 0.001)
        #expect(BuildID("1787400000").time == Date(timeIntervalSince1970: 1_787_400_000))
        #expect(BuildID("20180625-131415-ab12-4711").time == Date(timeIntervalSince1970: 1_529_932_455))
        #expect(BuildID("42").time == nil)
    }

    @Test(
        "the first name of a time sorts before every id of that time or later, and after every earlier one",
        arguments: 0..<200)
    func firstNames(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let cut = Date(timeIntervalSince1970: Double.random(in: 1_540_000_000...2_500_000_000, using: &random))
        let other = cut.addingTimeInterval(Double.random(in: -1e8...1e8, using: &random).rounded() + 2)
        for form in [BuildIDForm.snowflake, .unixSeconds, .bootstrap] {
            let first = try #require(BuildID.firstName(notBefore: cut, form: form))
            let name = try #require(BuildID.firstName(notBefore: other, form: form))
            #expect(
                (first <= name)
                    == (cut.timeIntervalSince1970.rounded(.down) <= other.timeIntervalSince1970.rounded(.down)),
                "seed \(seed)")
        }
    }

    @Test(
        "times out of range give no name, and never trap",
        arguments: [
            Double.infinity, -.infinity, .nan, 1e300, -1e300, 0, -1, 1e12, 9.3e15,
        ])
    func impossibleTimes(seconds: Double) {
        for form in BuildIDForm.allCases {
            _ = BuildID.firstName(notBefore: Date(timeIntervalSince1970: seconds), form: form)
        }
        #expect(BuildID.firstName(notBefore: Date(timeIntervalSince1970: seconds), form: .free) == nil)
    }

    @Test(
        "names are ordered with their numbers as numbers",
        arguments: [
            ("9", "10"), ("build-9", "build-10"), ("a", "b"), ("1", "01"), ("", "a"),
            ("99999999999999999999998", "99999999999999999999999"),
        ])
    func naturalOrder(left: String, right: String) {
        #expect(isNaturallyOrdered(left, before: right))
        #expect(!isNaturallyOrdered(right, before: left))
        #expect(!isNaturallyOrdered(left, before: left))
    }
}
