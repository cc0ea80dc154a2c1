import BotCore
import Testing

@Suite("The name of a repository")
struct RepositoryNameTests {
    @Test("Case does not tell two repositories apart, and the text keeps its case")
    func caseOfLetters() throws {
        let one = try #require(RepositoryName("Kubernetes/Test-Infra"))
        let other = try #require(RepositoryName("kubernetes/test-infra"))
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.description == "Kubernetes/Test-Infra")
    }

    @Test(
        "What could change the path of a request is no name",
        arguments: ["", "a", "a/", "/b", "a/b/c", "a/..", "a/b?c", "a b/c", "a/b%2f", "ä/b", "a/\u{0}"])
    func refused(text: String) {
        #expect(RepositoryName(text) == nil)
    }
}
