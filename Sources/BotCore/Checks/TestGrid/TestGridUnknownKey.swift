/// A key that TestGrid does not have at this level, or a value of another shape than it needs.
enum TestGridUnknownKey: RegistryRule {
    static let id: RuleID = "tg-unknown-key"
    static let severity = Severity.error
    static let source = "pb/config/config.proto and yamlcfg/yaml2proto.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let implies: [RuleID] = [TestGridGCSPrefixForm.id]
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcp_prefix: k8s-conformance-acme/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let isOneFile = context.registry.isOneFile
        return context.registry.files.filter { context.judges($0.path) }.flatMap { file -> [Finding] in
            switch file.kind {
            // The loader of the one file, and that of the defaults to this day, drop what they do not know.
            case .testgrid: findings(in: file, schema: isOneFile ? .oneFile : .file, isStrict: !isOneFile)
            case .testgridDefaults: findings(in: file, schema: .defaults, isStrict: false)
            default: []
            }
        }
    }

    private static func findings(in file: RegistryFile, schema: TestGridSchema, isStrict: Bool) -> [Finding] {
        var walk = TestGridSchemaWalk()
        for document in file.source.documents {
            walk.check(document, under: "", against: schema, owner: nil)
        }
        return walk.breaches.map { breach in
            let words = words(for: breach)
            return finding(
                at: SourcePlace(
                    path: file.path, line: breach.node.span.startLine, column: breach.node.span.startColumn),
                about: breach.entry,
                ["problem": words.problem, "repair": words.repair],
                severity: isStrict ? .error : .warning,
                fix: fix(for: breach, in: file))
        }
    }

    private static func words(for breach: TestGridSchemaWalk.Breach) -> (problem: String, repair: String) {
        switch breach.problem {
        case .notMapping(let level):
            let subject = breach.key.isEmpty ? "This file" : "An item of \(breach.key)"
            return ("\(subject) must hold the keys of \(level.name) and does not", "Write it as lines of KEY: VALUE")
        case .notList(let level):
            return ("\(breach.key) must be a list", "Start each item, \(level.name), with a dash: - name: NAME")
        case .unknownKey(let level, _):
            return ("\(breach.key) is no key of \(level.name)", repair(of: breach.key, in: level))
        }
    }

    private static func repair(of key: String, in level: TestGridSchema) -> String {
        let near = nearest(to: key, among: Array(level.keys.keys), count: 2)
        if !near.isEmpty { return "Write \(near.joined(separator: " or ")) instead" }
        if let home = TestGridSchema.wellKnownLevels.first(where: { $0.value(of: key) != nil }) {
            return "Move it: \(key) is a key of \(home.name)"
        }
        return "Delete the line; all keys are in \(documentation)"
    }

    private static let documentation =
        "https://github.com/GoogleCloudPlatform/testgrid/blob/master/pb/config/config.proto"

    /// The nearest key, where there is only one that near and the mapping does not have it yet.
    private static func fix(for breach: TestGridSchemaWalk.Breach, in file: RegistryFile) -> Fix? {
        guard case .unknownKey(let level, let siblings) = breach.problem else { return nil }
        let distances = level.keys.keys.compactMap { key in
            editDistance(breach.key.lowercased(), key, limit: 2).map { (key: key, distance: $0) }
        }
        let least = distances.map(\.distance).min()
        let near = distances.filter { $0.distance == least }
        guard near.count == 1, let key = near.first?.key, !siblings.contains(where: { $0.lowercased() == key }) else {
            return nil
        }
        return LineReplacement(file.source.lines).replacing(scalar: breach.node, with: key)
    }
}
