/// The rules that need a probe, and how they are run together.
public enum ProbeRules {
    /// All of them, in the order in which they are worth reading: what hides everything else first.
    public static let all: [any ProbeRule.Type] = access + level + layout + [StaleEntry.self]

    /// Whether the location can be seen at all.
    static let access: [any ProbeRule.Type] = [
        AccessBucketMissing.self, AccessListDenied.self, AccessGetDenied.self, AccessListOnlyByName.self,
        AccessRequesterPays.self, AccessBillingDisabled.self, AccessBadName.self, AccessInconclusive.self,
    ]

    /// Whether the location is the right one.
    static let level: [any ProbeRule.Type] = [
        LayoutNoBuilds.self, LayoutPrefixLevel.self, BucketDirLevel.self,
    ]

    /// Whether what is there is laid out as it should be.
    static let layout: [any ProbeRule.Type] = [
        LayoutStartedMissing.self, LayoutStartedInvalid.self, LayoutFinishedMissing.self, LayoutFinishedInvalid.self,
        LayoutTimestampUnit.self, LayoutTimestampSkew.self, LayoutPassedMissing.self, LayoutResultValue.self,
        LayoutJUnitMissing.self, LayoutJUnitInvalid.self, LayoutBuildLogMissing.self, LayoutBuildID.self,
        LayoutLatestBuild.self, LayoutAliasEmpty.self, LayoutFlood.self, BucketSequentialWrong.self,
        TGProwJobAnalysis.self,
    ]

    /// How a probed location breaks the rules, in their order.
    ///
    /// What could not be listed or read is judged by the rules of access alone, and what is at the wrong level by that
    /// alone: nothing that follows from it is said again. Layout is judged only where the probe looked at it.
    ///
    /// - Parameters:
    ///   - probed: The location and what is known of its entry.
    ///   - policy: The thresholds.
    /// - Returns: The findings, without those that another one makes pointless.
    public static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        func run(_ rules: [any ProbeRule.Type]) -> [Finding] {
            rules.flatMap { $0.findings(in: probed, policy: policy) }
        }
        let blocked = run(access)
        guard probed.report.access.list == .allowed, probed.report.access.get.refusal == nil else { return blocked }
        let misplaced = run(level)
        let isStale = run([StaleEntry.self])
        guard misplaced.isEmpty, probed.report.depth == .full else { return blocked + misplaced + isStale }
        return blocked + run(layout) + isStale
    }
}
