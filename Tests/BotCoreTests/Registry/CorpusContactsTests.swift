import TestSupport
import Testing

@testable import BotCore

@Suite("Contacts in real registries", .serialized)
struct CorpusContactsTests {
    /// How many external groups there are, and how many have a contact from each source.
    private static let expected: [String: (groups: Int, sources: [Contact.Source: Int])] = [
        "2018-06-25": (65, [.comment: 14, .alert: 28]),
        "2026-08-22": (2320, [.owners: 2320, .alert: 20]),
    ]

    @Test(
        "As many external groups have a contact of each source as the history of the registry counts",
        arguments: CorpusRegistry.all)
    func coverage(corpus: CorpusRegistry) throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: contacts in the registry of \(corpus.day), because ../shared is not there")
            return
        }
        let registry = try corpus.read(from: shared)
        let expected = try #require(Self.expected[corpus.day])
        let external = registry.groups.filter { $0.gcsPrefix.map(\.isExternal) == true }
        #expect(external.count == expected.groups)
        var sources: [Contact.Source: Int] = [:]
        for group in external {
            for source in Set(registry.contacts(of: group).map(\.source)) { sources[source, default: 0] += 1 }
        }
        #expect(sources == expected.sources)
    }
}
