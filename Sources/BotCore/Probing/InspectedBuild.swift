public import struct Foundation.Date

/// One build that was looked into.
public struct InspectedBuild: Hashable, Sendable {
    /// Its id.
    public let id: BuildID
    /// Where its objects are; for an alias, where the alias leads.
    public let location: BucketLocation
    /// `started.json`.
    public var started: BuildFile<StartedFile>
    /// `finished.json`.
    public var finished: BuildFile<FinishedFile>
    /// JUnit files that were read, in the order of their names; at most `ProbeLimits.junitFilesPerBuild`.
    public var junit: [InspectedJUnit]
    /// What was listed of the build; nil where the listing was refused or got no answer.
    public var contents: BuildContents?
    /// What listing the build was answered.
    public var evidence: Evidence

    /// The files whose names TestGrid takes for JUnit, as far as listed.
    public var junitFiles: [StoredObject] { contents?.junitFiles ?? [] }

    /// When the build began or ended as far as anything tells, the strongest first; nil where nothing does.
    public var time: Date? {
        finished.value?.timestamp.flatMap(EpochSeconds.plausibleDate) ?? started.value?.timestamp
            .flatMap(EpochSeconds.plausibleDate) ?? contents?.newestTime ?? id.time
    }
}

/// What was listed of a build.
public struct BuildContents: Hashable, Sendable {
    /// `started.json`, where there is one.
    public var started: StoredObject?
    /// `finished.json`, where there is one.
    public var finished: StoredObject?
    /// Whether there is a `build-log.txt`.
    public var hasBuildLog = false
    /// Whether there is a `podinfo.json`.
    public var hasPodInfo = false
    /// Files whose names TestGrid takes for JUnit; at most 100.
    public var junitFiles: [StoredObject] = []
    /// Objects that were listed.
    public var objectCount = 0
    /// Whether that is all of them.
    public var isComplete = false
    /// The first few names, relative to the build.
    public var sampleNames: [String] = []
    /// Directories right below it that look like build ids: then this is a job, not a build.
    public var buildLikeDirectories: [String] = []
    /// When the newest of its objects was created or changed, by storage's clock.
    public var newestTime: Date?
    /// The object that has that time.
    public var newestObject: String?

    /// Whether anything marks it as a build: one of the files that every build has.
    public var isBuild: Bool { started != nil || finished != nil || hasBuildLog || hasPodInfo }
}

/// One small file of a build.
public enum BuildFile<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The probe did not need it.
    case notAsked
    /// It is not there.
    case missing
    /// It was read: what it says, what is wrong with it, and where that can be seen.
    case read(Value, issues: [LayoutIssue], evidence: Evidence)
    /// It may not be read.
    case refused(StorageRefusal, evidence: Evidence)
    /// It could not be read now.
    case unknown(reason: String)

    /// What it says; nil unless it was read.
    public var value: Value? {
        if case .read(let value, _, _) = self { value } else { nil }
    }

    /// What is wrong with it; empty unless it was read.
    public var issues: [LayoutIssue] {
        if case .read(_, let issues, _) = self { issues } else { [] }
    }

    /// What reading it was answered; nil where it was not asked or not answered.
    public var evidence: Evidence? {
        switch self {
        case .read(_, _, let evidence), .refused(_, let evidence): evidence
        case .notAsked, .missing, .unknown: nil
        }
    }
}

/// One JUnit file that was read.
public struct InspectedJUnit: Hashable, Sendable {
    /// The object's whole name.
    public let object: String
    /// Its stored size; nil where the listing did not say.
    public let size: Int64?
    /// What is in it, or why that is not known.
    public let summary: Observation<JUnitSummary>
    /// What reading it was answered.
    public let evidence: Evidence
}

extension InspectedBuild {
    /// The files that got no answer, by name, each with the reason.
    var unansweredFiles: [(name: String, reason: String)] {
        var files: [(name: String, reason: String)] = []
        if case .unknown(let reason) = started { files.append(("started.json", reason)) }
        if case .unknown(let reason) = finished { files.append(("finished.json", reason)) }
        for file in junit {
            guard case .unknown(let reason) = file.summary else { continue }
            files.append((String(file.object.split(separator: "/").last ?? ""), reason))
        }
        return files
    }
}
