import Foundation
import Playground
import Testing

/// One write of a removal, and the moment at which the program that sends it is killed.
struct RemovalKill: Sendable, CustomTestStringConvertible {
    /// When.
    enum Moment: String, CaseIterable, Sendable {
        /// It was sent, and GitHub has not done it.
        case before
        /// GitHub has done it, and has not answered.
        case unanswered
        /// GitHub has answered.
        case answered
    }

    let write: RemovalTroubleTests.Place
    let moment: Moment

    var testDescription: String { "\(write.rawValue), \(moment.rawValue)" }

    /// One moment of each write; with `CHAOS_KILLS` in the environment all of them.
    static var asked: [RemovalKill] {
        let isWhole = ProcessInfo.processInfo.environment["CHAOS_KILLS"] != nil
        return RemovalTroubleTests.Place.allCases.enumerated().flatMap { index, write in
            Moment.allCases.enumerated().compactMap { place, moment in
                isWhole || place == index % Moment.allCases.count ? RemovalKill(write: write, moment: moment) : nil
            }
        }
    }

    /// Has GitHub go silent at that moment; where it has answered, it is slow enough for the next request to be late.
    func prepare(_ gitHub: GitHubStandIn) {
        switch moment {
        case .before: gitHub.misbehave(.silence, on: write.target, times: 1)
        case .unanswered: gitHub.misbehave(.afterDoing(.silence), on: write.target, times: 1)
        case .answered: gitHub.misbehave(.latency(.milliseconds(50)))
        }
    }

    /// Whether the moment has come.
    func hasCome(in journal: GitHubJournal) -> Bool {
        journal.entries.contains { entry in
            moment == .answered ? write.target.fits(entry.request) : entry.isSpoiled
        }
    }
}
