/// One contribution with the edits that take it out, after those of the contributions before it.
public struct ContributionPlan: Sendable {
    /// Who and what.
    public let contribution: Contribution
    /// What goes, and the edits.
    public let removal: RemovalPlan
}

/// All contributions of a removal.
public struct ContributionPlans: Sendable {
    /// The removal of everything at once.
    public let whole: RemovalPlan
    /// One plan a contribution, in order; together they do what `whole` does.
    public let plans: [ContributionPlan]
}

extension RemovalPlanner {
    /// Plans one removal a contribution, each on what the one before it left.
    ///
    /// An entry that an earlier contribution takes along belongs to that one. What is left in the end is what one
    /// removal of everything leaves; where that can only be done at once, it is one contribution.
    ///
    /// - Parameters:
    ///   - selectors: What goes.
    ///   - commitPer: Whether one plan takes out a whole contribution or one entry of it.
    /// - Returns: The contributions that take something out.
    /// - Throws: `UnknownSelector` for the first that names nothing here.
    public func contributions(
        _ selectors: [Selector], commitPer: RemovalPolicy.CommitPer = .contribution
    ) throws(UnknownSelector) -> ContributionPlans {
        let whole = try plan(selectors)
        var contributions = Contribution.contributions(of: whole.selectors, in: registry)
        if commitPer == .entry { contributions = contributions.flatMap(\.single) }
        var plans: [ContributionPlan] = []
        var planner = self
        for contribution in contributions {
            let left = contribution.selectors.filter(planner.registry.names)
            guard !left.isEmpty else { continue }
            let removal = try planner.plan(left)
            guard !removal.edits.isEmpty else { continue }
            let taken = Set(removal.removed.compactMap(\.selector))
            var complete = contribution
            complete.selectors =
                removal.selectors
                + whole.selectors.filter { selector in
                    taken.contains(selector) && !removal.selectors.contains(selector)
                }
            plans.append(ContributionPlan(contribution: complete, removal: removal))
            planner = planner.after(removal)
        }
        if plans.last.map({ $0.removal.leaves(the: whole) }) == false, var all = contributions.first {
            all.selectors = whole.selectors
            plans = [ContributionPlan(contribution: all, removal: whole)]
        }
        return ContributionPlans(whole: whole, plans: plans)
    }
}

extension RemovalPlan {
    /// Whether the registry is left the same by another removal.
    fileprivate func leaves(the other: RemovalPlan) -> Bool {
        let mine = Dictionary(files.map { ($0.path, $0.source.lines.bytes) }, uniquingKeysWith: { $1 })
        return files.count == other.files.count && other.files.allSatisfy { mine[$0.path] == $0.source.lines.bytes }
    }
}
