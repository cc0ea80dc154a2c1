internal import Foundation

/// The newest of the facts that can be true.
///
/// A fact counts when it lies between 2014 and a day after `now`. A time that an uploader's clock or a build's id
/// tells is also refused when storage created all of that build's objects more than a day before it: storage's clock
/// decides between the two. Of facts at the same time, the strongest is named.
///
/// - Parameters:
///   - facts: What was found.
///   - isExact: Whether nothing newer can be there.
///   - now: The one clock.
/// - Returns: The newest, or nil where none can be true.
func newestFact(of facts: [Fact], isExact: Bool, now: Date) -> NewestFact? {
    let latest = now.addingTimeInterval(86_400)
    let plausible = facts.filter { $0.at >= EpochSeconds.earliest && $0.at <= latest }
    var storageTimes: [String: Date] = [:]
    for fact in plausible {
        guard fact.kind == .object, let build = fact.build else { continue }
        storageTimes[build] = max(storageTimes[build] ?? fact.at, fact.at)
    }
    let newest =
        plausible
        .filter { fact in
            guard fact.kind != .object, let build = fact.build, let stored = storageTimes[build] else { return true }
            return fact.at <= stored.addingTimeInterval(86_400)
        }
        .max { ($0.at, $1.kind) < ($1.at, $0.kind) }
    return newest.map { NewestFact(fact: $0, isExact: isExact) }
}
