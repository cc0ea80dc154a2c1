/// How a report takes what the parts of a probe found.
extension ProbeReport {
    /// Takes what listing the location came to.
    mutating func take(search: BuildSearch, limit: Int) {
        for piece in search.evidence { keep(piece, limit: limit) }
        access.listEvidence = search.evidence.first
        if let refusal = search.refusal {
            access.list = .refused(refusal)
        } else if let reason = search.unknownReason {
            access.list = .unknown(reason: reason)
            unknownReason = reason
        } else {
            access.list = .allowed
        }
        tally = search.found.tally
        directoryNames = Array(search.found.otherNames.prefix(20))
        isExact = search.isExact
        guard search.isCutShort else { return }
        cutShort = .pages(search.pages)
        // Pages without anything may come before those with builds: an empty beginning tells nothing.
        if tally.count == 0 {
            unknownReason = unknownReason ?? "nothing was listed on \(search.pages) pages, and the listing goes on"
        }
    }

    /// Takes what looking closely at one job came to.
    mutating func take(closely probe: JobProbe, limit: Int) {
        let isWhole = probe.location == location
        jobLocation = probe.location
        tally = probe.search.found.tally
        if !isWhole { for piece in probe.search.evidence { keep(piece, limit: limit) } }
        facts = isWhole ? probe.facts : facts + probe.facts
        isExact = isExact && probe.isExact
        unknownReason = unknownReason ?? probe.unknownReason
        if let inspection = probe.inspection { take(inspection, limit: limit) }
    }

    /// Takes what looking into builds came to.
    mutating func take(_ inspection: JobInspection, limit: Int) {
        builds = inspection.builds
        latestBuild = inspection.latestBuild
        for alias in inspection.brokenAliases where !tally.brokenAliases.contains(alias) {
            tally.brokenAliases.append(alias)
        }
        for build in builds { keep(build.evidence, limit: limit) }
        for read in inspection.reads { takeRead(read) }
        if kind == .build {
            facts = builds.flatMap(\.facts)
            unknownReason = unknownReason ?? inspection.unknownReason
        }
        for read in inspection.reads { keep(read.evidence, limit: limit) }
    }

    /// Takes what reading one object says of access; a refusal outweighs everything, and an answer outweighs an outage.
    mutating func takeRead(_ read: (object: String, state: AccessState, evidence: Evidence)) {
        let outweighs =
            switch (access.get, read.state) {
            case (.refused, _), (_, .notAsked): false
            case (_, .refused), (.notAsked, _): true
            case (.unknown, .allowed): true
            case (.allowed, _), (.unknown, _): false
            }
        guard outweighs else { return }
        access.get = read.state
        access.getEvidence = read.evidence
        access.object = read.object
    }

    /// Keeps a piece of evidence while there is room.
    mutating func keep(_ piece: Evidence, limit: Int) {
        if evidence.count < limit, !evidence.contains(piece) { evidence.append(piece) }
    }
}
