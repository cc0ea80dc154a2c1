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

    /// The item that a key belongs to, as it is met on the way down.
    ///
    /// Its selector is made only for a breach: there are thousands of items and hardly any breach.
    struct Owner {
        /// The list that the item stands in.
        let list: String
        /// The item.
        let node: YAMLNode
        /// The dashboard of a tab.
        let dashboard: YAMLNode?

        /// The selector that names the item; nil where it has no name or is none of the registry's entries.
        var selector: Selector? {
            guard let name = node.fieldText("name"), !name.isEmpty else { return nil }
            switch list.lowercased() {
            case "test_groups": return .testGroup(name)
            case "dashboards": return .dashboard(name)
            case "dashboard_groups": return .dashboardGroup(name)
            case "dashboard_tab":
                return dashboard?.fieldText("name").map { .tab(dashboard: $0, tab: name) }
            default: return nil
            }
        }
    }

    /// What was found, in the order of the file.
    private(set) var breaches: [Breach] = []

    /// Looks through a mapping; recursion ends with the schema, which is at most five levels deep.
    ///
    /// - Parameters:
    ///   - node: The mapping; nothing at all is an empty one.
    ///   - key: The key that holds it, for words.
    ///   - level: What may stand there.
    ///   - owner: The item that it belongs to; nil at the top.
    mutating func check(_ node: YAMLNode, under key: String, against level: TestGridSchema, owner: Owner?) {
        if node.isNull { return }
        guard let pairs = node.pairs else {
            report(.notMapping(level: level), at: node, key: key, owner: owner)
            return
        }
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            switch level.value(of: name) {
            case .anything: continue
            case .message(let inner): check(pair.value, under: name, against: inner, owner: owner)
            case .messages(let inner): checkItems(of: pair.value, under: name, against: inner, owner: owner)
            case nil:
                let siblings = pairs.compactMap { $0.key.scalar?.text }
                report(.unknownKey(level: level, siblings: siblings), at: pair.key, key: name, owner: owner)
            }
        }
    }

    private mutating func checkItems(
        of node: YAMLNode, under key: String, against level: TestGridSchema, owner: Owner?
    ) {
        if node.isNull { return }
        guard let items = node.items else {
            report(.notList(of: level), at: node, key: key, owner: owner)
            return
        }
        for item in items {
            if item.isNull {
                report(.notMapping(level: level), at: item, key: key, owner: owner)
            } else {
                // What is nested deeper, as a column header is, belongs to the same item as its parent.
                let inner = level.isEntry ? Owner(list: key, node: item, dashboard: owner?.node) : owner
                check(item, under: key, against: level, owner: inner)
            }
        }
    }

    private mutating func report(_ problem: Problem, at node: YAMLNode, key: String, owner: Owner?) {
        breaches.append(Breach(key: key, node: node, entry: owner?.selector, problem: problem))
    }
}
