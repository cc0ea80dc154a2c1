import Foundation
import Persistence
import Testing

extension Contract {
    /// What the memory of contacts promises.
    static let contacts: [Contract] = [
        Contract("what is known of somebody is what was stored last, for each owner of repositories") {
            store async throws in
            let contacts = store.contacts
            var one = StoredContact(owner: "Kubernetes", person: "login:kim", record: [1, 0, 255], askedAt: at(1))
            let team = StoredContact(owner: "kubernetes", person: "team:kubernetes/x", record: [], askedAt: at(1))
            let other = StoredContact(owner: "o", person: "login:kim", record: [2], askedAt: at(1))
            for each in [one, team, other] { try await contacts.save(each) }
            one.record = [3]
            one.askedAt = at(2)
            try await contacts.save(one)
            #expect(try await contacts.all(of: "KUBERNETES") == ["login:kim": one, "team:kubernetes/x": team])
            #expect(try await contacts.all(of: "o") == ["login:kim": other])
            #expect(try await contacts.all(of: "nobody") == [:])
        },
        Contract("who was asked for long ago is forgotten, and nobody else") { store async throws in
            let contacts = store.contacts
            for (person, seconds) in [("login:a", 10.0), ("login:b", 20.0)] {
                try await contacts.save(
                    StoredContact(owner: "o", person: person, record: [1], askedAt: at(seconds)))
            }
            #expect(try await contacts.forget(askedBefore: at(20)) == 1)
            #expect(try await contacts.all(of: "o").keys.sorted() == ["login:b"])
            #expect(try await contacts.forget(askedBefore: at(20)) == 0)
        },
    ]
}
