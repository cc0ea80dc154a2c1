import CurlHTTP
import GitHubContract
import Playground
import Testing

@Suite("What differs from a description is found")
struct DescriptionTests {
    private static let description = """
        {"paths": {"/users/{username}": {"get": {
          "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
          "responses": {"200": {"content": {"application/json": {"schema": SCHEMA}}}}}}},
         "components": {"schemas": {"Name": {"type": "string", "maxLength": 4}}}}
        """

    @Test(
        "a schema that the answer breaks",
        arguments: [
            #"{"type": "array"}"#, #"{"type": "object", "required": ["nose"]}"#,
            #"{"properties": {"login": {"type": "integer"}}}"#, #"{"properties": {"login": {"type": ["null"]}}}"#,
            #"{"properties": {"login": {"enum": ["somebody"]}}}"#, #"{"properties": {"login": {"const": "somebody"}}}"#,
            ##"{"properties": {"login": {"$ref": "#/components/schemas/Name"}}}"##,
            ##"{"properties": {"login": {"$ref": "#/components/schemas/Nose"}}}"##,
            #"{"properties": {"login": {"format": "date-time"}}}"#, #"{"properties": {"id": {"maximum": 3}}}"#,
            #"{"anyOf": [{"type": "array"}, {"type": "string"}]}"#,
            #"{"allOf": [{"type": "object"}, {"type": "null"}]}"#,
            #"{"properties": {"login": {"type": "string"}}, "additionalProperties": false}"#,
            #"{"additionalProperties": {"type": "integer"}}"#,
        ])
    func broken(schema: String) async throws {
        #expect(try await failures(schema, "/users/spiffxp").count > 0)
    }

    @Test(
        "a schema that the answer keeps",
        arguments: [
            #"{"type": "object", "required": ["login", "id"]}"#, #"{"properties": {"login": {"type": ["string"]}}}"#,
            #"{"oneOf": [{"type": "array"}, {"type": "object"}]}"#,
            #"{"properties": {"created_at": {"type": "string", "format": "date-time"}}}"#,
            #"{"properties": {"login": {"enum": ["spiffxp"]}}}"#,
        ])
    func kept(schema: String) async throws {
        #expect(try await failures(schema, "/users/spiffxp").isEmpty)
    }

    @Test("a parameter that is not described, or is of another kind, and an operation that is not")
    func parameters() async throws {
        #expect(try await failures("{}", "/users/spiffxp?page=1").isEmpty)
        #expect(try await failures("{}", "/users/spiffxp?page=one").count == 1)
        #expect(try await failures("{}", "/users/spiffxp?size=1").count == 1)
        #expect(try await failures("{}", "/orgs/kubernetes").count == 1)
    }

    private func failures(_ schema: String, _ path: String) async throws -> [String] {
        let text = Self.description.replacing("SCHEMA", with: schema)
        let description = try GitHubDescription(json: Array(text.utf8))
        var failures: [String] = []
        try await withExampleWorld { world in
            let bot = try await world.asInstallation()
            world.standIn.clearJournal()
            _ = try await bot.ask(.get, path)
            failures = world.standIn.journal.entries.flatMap { description.failures(of: $0) }
        }
        return failures
    }
}
