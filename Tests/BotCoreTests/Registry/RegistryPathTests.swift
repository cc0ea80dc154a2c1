import Testing

@testable import BotCore

@Suite("Globs")
struct GlobTests {
    @Test(
        "Patterns fit",
        arguments: [
            ("kettle/buckets.yaml", "kettle/buckets.yaml"), ("*.yaml", "a.yaml"), ("*.yaml", ".yaml"),
            ("config/testgrids/**/*.{yaml,yml}", "config/testgrids/a.yml"),
            ("config/testgrids/**/*.{yaml,yml}", "config/testgrids/a/b/c.yaml"), ("**", "a/b"), ("**/x", "x"),
            ("a/**", "a/b/c"), ("a/**/b/**/c", "a/x/b/c"), ("sig-release-*-blocking", "sig-release-1.30-blocking"),
            ("sig-release-*-blocking", "sig-release--blocking"), ("{a,b}{c,d}", "bd"), ("{a,{b,c}d}", "cd"),
            ("a?c", "abc"),
            ("{a}", "a"), ("}{a,b}", "}b"), ("{", "{"), ("", ""), ("{,x}y", "y"), ("**/**/a", "a"), ("*a*b*", "xaxbx"),
        ])
    func fits(pattern: String, path: String) { #expect(Glob(pattern).matches(path)) }

    @Test(
        "Patterns do not fit",
        arguments: [
            ("*.yaml", "a/b.yaml"), ("a/*", "a/b/c"), ("a/**/b", "a/bc"), ("**/x", "y/xx"), ("a?c", "ac"),
            ("a?c", "a/c"),
            ("{a,b}", "c"), ("kettle/buckets.yaml", "kettle/buckets.yaml.orig"), ("a", ""), ("", "a"), ("A", "a"),
            ("sig-release-*-blocking", "sig-release-a/b-blocking"), ("**x", "a/x"),
        ])
    func fitsNot(pattern: String, path: String) { #expect(!Glob(pattern).matches(path)) }

    @Test("More alternatives than are kept are cut, not forgotten")
    func manyAlternatives() {
        let pattern = String(repeating: "{a,b}", count: 40)
        #expect(Glob.isCut(pattern))
        #expect(Glob(pattern).matches(String(repeating: "a", count: 40)))
        #expect(!Glob.isCut(String(repeating: "{a,b}", count: 8)))
        #expect(Glob(String(repeating: "{a,b}", count: 8)).matches("bbbbbbbb"))
        #expect(!Glob.isCut("{" + String(repeating: "a,", count: 255) + "b}"))
        #expect(Glob.isCut("{" + String(repeating: "a,", count: 256) + "b}"))
    }

    @Test("Wildcards that could go back without end do not")
    func hostile() {
        let stars = String(repeating: "*a", count: 200) + "b"
        #expect(!Glob(stars).matches(String(repeating: "a", count: 5000)))
        #expect(!Glob(String(repeating: "**/a/", count: 100) + "b").matches(String(repeating: "a/", count: 2000)))
    }
}

@Suite("What a file of the checkout is")
struct RegistryFileSorterTests {
    @Test(
        "Folders that can hold a file of the registry are told from others",
        arguments: [
            ("", true), ("kettle", true), ("config", true), ("config/testgrids", true), ("config/testgrids/a/b", true),
            ("config/jobs/x", true), ("config/prow", true), ("config/tests/testgrids", true), ("docs", false),
            ("config/prow/cluster", false), ("kettle/old", false), ("testgrid", true), ("testgrid/images", false),
        ])
    func folders(folder: String, expected: Bool) {
        #expect(RegistryFileSorter(paths: RegistryPaths()).mayHoldConfiguration(below: folder) == expected)
    }

    private let sorter = RegistryFileSorter(paths: RegistryPaths())

    @Test(
        "Every path of the two ages of the registry has its kind",
        arguments: [
            ("kettle/buckets.yaml", RegistryFileKind.buckets), ("buckets.yaml", .buckets),
            ("testgrid/config.yaml", .testgrid), ("config/testgrids/a.yaml", .testgrid),
            ("config/testgrids/openshift/b/c.yml", .testgrid), ("config/testgrids/default.yaml", .testgridDefaults),
            ("config/testgrids/a/default.yml", .testgridDefaults), ("config/jobs/a/b.yaml", .jobs),
            ("config/jobs/default.yaml", .jobs), ("config/prow/config.yaml", .prowConfig), ("OWNERS", .owners),
            ("config/testgrids/a/OWNERS", .owners), ("OWNERS_ALIASES", .ownersAliases),
            ("config/tests/testgrids/config_test.go", .dashboardPrefixes),
        ])
    func kinds(path: String, kind: RegistryFileKind) { #expect(sorter.kind(of: path) == kind) }

    @Test(
        "Other files are not read",
        arguments: [
            "", "/", "README.md", "a/OWNERS_ALIASES", "kettle/buckets.yml", "config/testgrids/a.json", "x/buckets.yaml",
            "config/testgrids", "testgrid/default.yaml", "config/jobs/a.go", "OWNERS/a",
        ])
    func others(path: String) { #expect(sorter.kind(of: path) == nil) }
}

@Suite("Selectors")
struct SelectorTests {
    @Test(
        "A selector is read as it is written",
        arguments: [
            ("bucket:gs://acme/logs/", Selector.bucket("gs://acme/logs/")), ("test-group:a b", .testGroup("a b")),
            ("dashboard:sig-acme", .dashboard("sig-acme")), ("dashboard-group:sig", .dashboardGroup("sig")),
            ("tab:conformance-acme#Acme, v1.35 AWS", .tab(dashboard: "conformance-acme", tab: "Acme, v1.35 AWS")),
            ("tab:a#b#c", .tab(dashboard: "a", tab: "b#c")), ("test-group:a:b", .testGroup("a:b")),
        ])
    func reads(text: String, expected: Selector) throws {
        let selector = try Selector(text)
        #expect(selector == expected)
        #expect(selector.description == text)
    }

    @Test(
        "Anything else is refused with the reason",
        arguments: [
            ("", SelectorError.unknownKind("")), ("acme", .unknownKind("acme")), ("group:a", .unknownKind("group:a")),
            ("Bucket:a", .unknownKind("Bucket:a")), (":a", .unknownKind(":a")), ("bucket:", .emptyName(kind: "bucket")),
            ("tab:a", .tabWithoutDashboard("a")), ("tab:#a", .tabWithoutDashboard("#a")),
            ("tab:a#", .tabWithoutDashboard("a#")),
        ])
    func refuses(text: String, error: SelectorError) { #expect(throws: error) { try Selector(text) } }
}
