import TestSupport
import Testing

@testable import BotCore

/// One removal from a registry, held to everything that has to be true of it.
struct RemovalCase {
    let registry: Registry
    let policy: Policy
    let selectors: [Selector]

    /// Removes, checks what is left, puts it back and compares.
    ///
    /// - Parameter isCheckedByRules: Whether every rule that reads files looks at what is left, too.
    /// - Returns: The plan.
    /// - Throws: `UnknownSelector`.
    @discardableResult
    func check(isCheckedByRules: Bool) throws -> RemovalPlan {
        let plan = try RemovalPlanner(registry: registry, policy: policy).plan(selectors)
        let name = Comment(rawValue: selectors.map(\.description).joined(separator: " "))
        #expect(plan.selectors.count + plan.refusals.count == selectors.count, name)
        guard !plan.edits.isEmpty else { return plan }
        let left = plan.registry(policy: policy)
        for edit in plan.edits { #expect(isDeletion(edit), name) }
        #expect(isMinus(plan, left), name)
        let change = RegistryChange(from: registry, to: left)
        let context = RegistryContext(registry: left, policy: policy, change: change)
        #expect(RemovalCascade.findings(in: context).map(\.arguments) == [], name)
        #expect(RemovalBucketLeftover.findings(in: context).map(\.arguments) == [], name)
        if isCheckedByRules {
            let errors = RegistryCheck.findings(of: change, in: left, policy: policy).filter { $0.severity == .error }
            // Taking an entry of buckets.yaml alone, as was asked, leaves groups that still read below it.
            #expect(errors.filter { $0.rule != RemovalBucketStillUsed.id } == [], name)
        }
        let restored = RestorePlanner(registry: left, policy: policy).plan(plan.asRemoval)
        #expect(restored.conflicts == [], name)
        let isRestored = restored.files.contents == registry.files.contents
        #expect(isRestored, name)
        return plan
    }

    /// Whether an edit only leaves lines out.
    private func isDeletion(_ edit: FileEdit) -> Bool {
        guard edit.inserted.isEmpty, let old = edit.old else { return false }
        let lines = SourceLines(old)
        let gone = Set(edit.deleted.joined())
        let kept = (1..<lines.count + 1).filter { !gone.contains($0) }.flatMap { lines.wholeLine($0) }
        return kept == edit.new ?? []
    }

    /// Whether what is left is what was there without what the plan names.
    private func isMinus(_ plan: RemovalPlan, _ left: Registry) -> Bool {
        let gone = Set(plan.removed.compactMap(\.selector))
        let edited = Set(plan.edits.map(\.path))
        guard registry.files.allSatisfy({ edited.contains($0.path) || isKept($0, in: left) }) else { return false }
        // What stands in files that kept their bytes means what it meant.
        func isSame(_ old: [some RegistryItem], _ new: [some RegistryItem]) -> Bool {
            old.count == new.count
                && zip(old, new).allSatisfy { old, new in
                    (old.path == new.path && !edited.contains(old.path)) || MeaningProof.isSame(old.node, new.node)
                }
        }
        let dashboards = registry.dashboards.filter { !gone.contains($0.selector) }
        let dashboardGroups = registry.dashboardGroups.filter { !gone.contains($0.selector) }
        return isSame(registry.groups.filter { !gone.contains($0.selector) }, left.groups)
            && registry.buckets.filter { !gone.contains($0.selector) }.map(\.key) == left.buckets.map(\.key)
            && dashboards.map(\.name) == left.dashboards.map(\.name)
            && zip(dashboards, left.dashboards).allSatisfy { old, new in
                isSame(old.tabs.filter { !gone.contains($0.selector) }, new.tabs)
            }
            && dashboardGroups.map(\.name) == left.dashboardGroups.map(\.name)
            && zip(dashboardGroups, left.dashboardGroups).allSatisfy { old, new in
                old.members.map(\.name).filter { !gone.contains(.dashboard($0)) } == new.members.map(\.name)
            }
    }

    private func isKept(_ file: RegistryFile, in left: Registry) -> Bool {
        left.file(at: file.path)?.source.lines.bytes == file.source.lines.bytes
    }

    /// Removes two sets in either order and together, and puts the first back while the second stays away.
    ///
    /// - Returns: Whether the first, put back, left the bytes that removing only the second leaves.
    static func checkTwo(
        _ first: [Selector], _ second: [Selector], in registry: Registry, policy: Policy
    ) throws -> Bool {
        let name = Comment(rawValue: "\(first) and \(second)")
        func remove(_ selectors: [Selector], from registry: Registry) throws -> RemovalPlan {
            let there = selectors.filter(registry.names)
            return try RemovalPlanner(registry: registry, policy: policy).plan(there)
        }
        let (one, other) = (try remove(first, from: registry), try remove(second, from: registry))
        let oneThenOther = try remove(second, from: one.registry(policy: policy))
        let otherThenOne = try remove(first, from: other.registry(policy: policy))
        let both = try remove(first + second, from: registry)
        // Compared outside of the expectation, which would print every byte of the registry.
        let isSameInEitherOrder = oneThenOther.files.contents == otherThenOne.files.contents
        let isSameTogether = oneThenOther.files.contents == both.files.contents
        #expect(isSameInEitherOrder, name)
        #expect(isSameTogether, name)
        let restored = RestorePlanner(registry: oneThenOther.registry(policy: policy), policy: policy)
            .plan(one.asRemoval)
        return restored.conflicts.isEmpty && restored.files.contents == other.files.contents
    }
}

extension RemovalPlan {
    /// The removal as its commit tells it.
    var asRemoval: [RemovedFile] { edits.map { RemovedFile(path: $0.path, before: $0.old, after: $0.new) } }
}

extension [RegistryFile] {
    /// The bytes of every file whose lines are kept, by path.
    var contents: [String: [UInt8]] {
        Dictionary(map { ($0.path, $0.source.lines.bytes) }, uniquingKeysWith: { $1 })
    }
}
