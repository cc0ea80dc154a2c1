import BotCore
import Foundation
import Testing

/// Times from outside.
@Suite struct PlausibleTimeTests {
    private func check(
        _ text: String, _ seconds: Double?, _ location: SourceLocation = #_sourceLocation
    ) {
        let date = PlausibleTime.date(rfc3339: text)
        #expect(date == seconds.map(Date.init(timeIntervalSince1970:)), "\(text)", sourceLocation: location)
    }

    @Test("RFC 3339 with its fractions and zones is read")
    func rfc3339WithItsFractionsAnd() {
        check("2000-01-01T00:00:00Z", 946_684_800)
        check("2021-03-09T22:46:45.070Z", 1_615_330_005.07)
        check("2021-03-09t22:46:45z", 1_615_330_005)
        check("2021-03-09 22:46:45Z", 1_615_330_005)
        check("2021-03-10T00:46:45+02:00", 1_615_330_005)
        check("2021-03-09T17:16:45-05:30", 1_615_330_005)
        check("2024-02-29T12:00:00Z", 1_709_208_000)
        check("2100-12-31T23:59:59Z", 4_133_980_799)
        check("2016-12-31T23:59:60Z", 1_483_228_800)
        check("2021-03-09T22:46:45.500000000000000000000Z", 1_615_330_005.5)
    }

    @Test("every day of the range is the day that Foundation says")
    func everyDayOfTheRangeIs() throws {
        let utc = try #require(TimeZone(secondsFromGMT: 0))
        let style = Date.ISO8601FormatStyle(timeZone: utc)
        for day in stride(from: 946_684_800, to: 4_133_980_800, by: 86_400 * 3) {
            let date = Date(timeIntervalSince1970: Double(day))
            check(date.formatted(style), Double(day))
        }
    }

    @Test(
        "what is no time, or cannot be true, is nil",
        arguments: [
            "", "2021", "2021-03-09", "2021-03-09T22:46:45", "2021-03-09T22:46Z", "2021-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z", "2021-00-01T00:00:00Z", "2021-13-01T00:00:00Z", "2021-01-00T00:00:00Z",
            "2021-01-32T00:00:00Z", "2021-01-01T24:00:00Z", "2021-01-01T00:60:00Z", "2021-01-01T00:00:61Z",
            "2021-01-01T00:00:00.Z", "2021-01-01T00:00:00Zx", " 2021-01-01T00:00:00Z", "+021-01-01T00:00:00Z",
            "2021-01-01T00:00:00+24:00", "２０２１-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
            "1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2000-01-01T00:00:00+00:01",
        ])
    func whatIsNoTimeOrCannot(text: String) {
        check(text, nil)
    }

    @Test("the date of an HTTP header is read")
    func theDateOfAnHTTPHeader() {
        let date = Date(timeIntervalSince1970: 1_667_724_577)
        #expect(PlausibleTime.date(httpHeader: "Sun, 06 Nov 2022 08:49:37 GMT") == date)
        for text in [
            "", "Sun", "Sunday, 06-Nov-22 08:49:37 GMT", "Sun, 06 Nov 2022 08:49:37 CET",
            "Sun, 31 Feb 2022 08:49:37 GMT",
        ] {
            #expect(PlausibleTime.date(httpHeader: text) == nil, "\(text)")
        }
    }

    @Test(
        "seconds outside the range are nil",
        arguments: [Double.nan, .infinity, -.infinity, 0, 1e18, 946_684_799.9, 4_133_980_800])
    func secondsOutsideTheRangeAreNil(seconds: Double) {
        #expect(PlausibleTime.date(secondsSince1970: seconds) == nil)
    }
}
