/// Finds the keys and shapes of one file that TestGrid's schema does not have.
struct TestGridSchemaWalk {
    /// What is wrong in one place.
    struct Breach {
        /// The key; empty where a whole file or item has the wrong shape.
        let key: String
        /// Where.
        let node: YAMLNode
        /// What it is about; nil for the file.
        let entry: Selector?
        /// What is wrong with it.
        let problem: Problem
    }

    /// What can be wrong.
    enum Problem {
        /// The level has no such key; the other keys of the same mapping are there so that none is suggested twice.
        case unknownKey(level: TestGridSchema, siblings: [String])
        /// There is no mapping where the level needs one.
        case notMapping(level: TestGridSchema)
        /// There is no list where the level needs one of these.
        case notList(of: TestGridSchema)
    }

    /// What was found, in the order of the file.
    private(set) var breaches: [Breach] = []

    /// Looks through a mapping; recursion ends with the schema, which is at most five levels deep.
    ///
    /// - Parameters:
    ///   - node: The mapping; nothing at all is an empty one.
    ///   - key: The key that holds it, for words.
    ///   - level: What may stand there.
    ///   - entry: What it belongs to.
    mutating func check(_ node: YAMLNode, under key: String, against level: TestGridSchema, entry: Selector?) {
        if node.isNull { return }
        guard let pairs = node.pairs else {
            breaches.append(Breach(key: key, node: node, entry: entry, problem: .notMapping(level: level)))
            return
        }
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            switch level.value(of: name) {
            case .anything: continue
            case .message(let inner): check(pair.value, under: name, against: inner, entry: entry)
            case .messages(let inner): checkItems(of: pair.value, under: name, against: inner, entry: entry)
            case nil:
                let problem = Problem.unknownKey(level: level, siblings: pairs.compactMap { $0.key.scalar?.text })
                breaches.append(Breach(key: name, node: pair.key, entry: entry, problem: problem))
            }
        }
    }

    private mutating func checkItems(
        of node: YAMLNode, under key: String, against level: TestGridSchema, entry: Selector?
    ) {
        if node.isNull { return }
        guard let items = node.items else {
            breaches.append(Breach(key: key, node: node, entry: entry, problem: .notList(of: level)))
            return
        }
        for item in items {
            let selector = selector(of: item, in: key, around: entry)
            if item.isNull {
                breaches.append(Breach(key: key, node: item, entry: entry, problem: .notMapping(level: level)))
            } else {
                check(item, under: key, against: level, entry: selector)
            }
        }
    }

    private func selector(of item: YAMLNode, in key: String, around entry: Selector?) -> Selector? {
        guard let name = item.fieldText("name"), !name.isEmpty else { return entry }
        switch key.lowercased() {
        case "test_groups": return .testGroup(name)
        case "dashboards": return .dashboard(name)
        case "dashboard_groups": return .dashboardGroup(name)
        case "dashboard_tab":
            guard case .dashboard(let dashboard) = entry else { return entry }
            return .tab(dashboard: dashboard, tab: name)
        default: return entry
        }
    }
}
