import Foundation
import Persistence
import Testing

extension Contract {
    /// What removals promise.
    static let removals: [Contract] = [
        Contract("what is known of a pull request is what was stored last, by its repository") { store async throws in
            let removals = store.removals
            var one = StoredRemoval(
                repository: "Kubernetes/Test-Infra", number: 12, isOpen: true, record: "a\nb", savedAt: at(1))
            let other = StoredRemoval(repository: "o/r", number: 12, isOpen: true, record: "c", savedAt: at(1))
            let younger = StoredRemoval(repository: "o/r", number: 13, isOpen: false, record: "d", savedAt: at(0))
            for each in [one, younger, other] { try await removals.save(each) }
            one.isOpen = false
            one.record = "a2"
            one.savedAt = at(2)
            try await removals.save(one)
            #expect(try await removals.all(in: "kubernetes/TEST-infra") == [one])
            #expect(try await removals.all(in: "o/r") == [other, younger])
            #expect(try await removals.all(in: "o/other") == [])
            try await removals.forget(12, in: "O/R")
            #expect(try await removals.all(in: "o/r") == [younger])
            #expect(try await removals.all(in: "kubernetes/test-infra") == [one])
        },
        Contract("a mention is counted once for its pull request and moment, and only for so long") {
            store async throws in
            let removals = store.removals
            let place = StoredPing.Place(repository: "O/R", number: 1)
            let other = StoredPing.Place(repository: "o/r", number: 2)
            for ping in [
                StoredPing(person: "login:kim", place: place, at: at(10)),
                StoredPing(person: "login:kim", place: place, at: at(10)),
                StoredPing(person: "login:kim", place: other, at: at(20)),
                StoredPing(person: "team:a/b", place: place, at: at(5)),
            ] { try await removals.note(ping) }
            #expect(try await removals.pings(since: at(0)) == ["login:kim": 2, "team:a/b": 1])
            #expect(try await removals.pings(since: at(10)) == ["login:kim": 2])
            #expect(try await removals.forgetPings(before: at(10)) == 1)
            #expect(try await removals.pings(since: at(0)) == ["login:kim": 2])
            for time in [at(10), at(11)] {
                try await removals.forget(StoredPing(person: "login:kim", place: place, at: time))
            }
            #expect(try await removals.pings(since: at(0)) == ["login:kim": 1])
        },
    ]
}
