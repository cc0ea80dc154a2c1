/// A change takes something away and leaves behind what only made sense with it.
enum RemovalCascade: RegistryRule {
    static let id: RuleID = "removal-cascade"
    static let severity = Severity.error
    static let source = "Validate in config/config.go of testgrid, and what maintainers take out together"
    static let implies: [RuleID] = [
        TestGridTabGroupMissing.id, TestGridGroupUnused.id, TestGridDashboardEmpty.id,
        TestGridDashboardGroupMember.id, TestGridAnnotationDangling.id,
    ]
    static let example = """
        The test group ci-acme-e2e is deleted, and a tab still has
        test_group_name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        guard let change = context.change, context.registry.isReadThroughout, change.base.isReadThroughout else {
            return []
        }
        let leftovers = LeftoverSearch(base: change.base, head: context.registry, change: change).leftovers()
        var byCause: [Leftover.Cause: [Leftover]] = [:]
        for leftover in leftovers { byCause[leftover.cause, default: []].append(leftover) }
        var reported: Set<Leftover.Cause> = []
        return leftovers.filter { reported.insert($0.cause).inserted }.map { first in
            let places = (byCause[first.cause] ?? []).map { "\($0.what) (\($0.place.path):\($0.place.line))" }
            return finding(
                at: first.place, about: first.cause.selector,
                ["removed": first.cause.words, "leftovers": places.listed(limit: 10)])
        }
    }
}
