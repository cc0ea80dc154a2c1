internal import struct Foundation.Date

/// One page of a directory's listing, with names made relative and builds told from other things.
struct DirectoryPage {
    /// Files that say something of a directory by being there.
    static let markers: Set<String> = [
        "started.json", "finished.json", "build-log.txt", "podinfo.json", "prowjob.json", "latest-build.txt",
        "jobResultsCache.json",
    ]

    /// Directories, and aliases that stand for one.
    var builds: [BuildCandidate] = []
    /// Files that say something of the directory, by their names.
    var markers: [String: StoredObject] = [:]
    /// The last name of the page in the order of the listing; nil for an empty page.
    var lastName: String?
    /// Whether the page runs into what is known already, so that the next one shows nothing new.
    var reachedEnd = false

    /// Reads a page.
    ///
    /// - Parameters:
    ///   - page: The page as answered.
    ///   - location: The directory; names that do not lie in it are ignored.
    ///   - end: The name from which on everything is known; nil where nothing is.
    ///   - now: The one clock.
    init(_ page: ListPage, below location: BucketLocation, before end: String?, now: Date) {
        for prefix in page.prefixes {
            guard let name = Self.relative(prefix, to: location.prefix), name.utf8.last == Self.slash else { continue }
            note(String(Substring(name.utf8.dropLast())), alias: nil, listedAs: String(name), before: end)
        }
        let leadsElsewhere = LayoutPath(location).isAliasDirectory
        for object in page.objects {
            guard let name = Self.relative(object.name, to: location.prefix), !name.utf8.contains(Self.slash)
            else { continue }
            let text = String(name)
            if Self.markers.contains(text) { markers[text] = object }
            let stem = text.hasSuffix(".txt") ? String(text.dropLast(4)) : nil
            if let stem, !Self.markers.contains(text), !stem.isEmpty,
                leadsElsewhere || AliasLink.inMetadata(of: object) != nil || BuildID(stem).form != .free
            {
                note(stem, alias: object, listedAs: text, before: end)
            } else {
                noteLast(text, before: end)
            }
        }
    }

    /// The newest time that a build's name or an alias tells, as long as it is not later than `latest`; nil where none does.
    func newestTime(until latest: Date) -> Date? {
        builds.lazy.flatMap { [$0.id.time, $0.alias?.updated] }.compactMap { $0 }.filter { $0 <= latest }.max()
    }

    private mutating func note(_ name: String, alias: StoredObject?, listedAs: String, before end: String?) {
        guard !name.isEmpty, !name.utf8.contains(Self.slash) else { return }
        noteLast(listedAs, before: end)
        if let end, !listedAs.isBefore(end) { return }
        builds.append(BuildCandidate(id: BuildID(name), alias: alias))
    }

    private mutating func noteLast(_ name: String, before end: String?) {
        if let last = lastName, name.isBefore(last) { return }
        lastName = name
        if let end, !name.isBefore(end) { reachedEnd = true }
    }

    private static func relative(_ name: String, to prefix: String) -> Substring? {
        guard name.utf8.count > prefix.utf8.count, name.utf8.starts(with: prefix.utf8) else { return nil }
        return Substring(name.utf8.dropFirst(prefix.utf8.count))
    }

    private static let slash = UInt8(ascii: "/")
}

/// What the pages of one directory came to.
struct FoundBuilds: Sendable {
    /// The builds.
    var tally = BuildTally()
    /// The first directories that are no recognized builds, at most `nameLimit`; for a folder of jobs, its jobs.
    var otherNames: [String] = []
    /// Files that say something of the directory, by their names.
    var markers: [String: StoredObject] = [:]
    /// The alias that was changed last.
    var newestAlias: StoredObject?
    /// The last name that the listing from the first name on has shown.
    var lastEarlierName: String?

    /// Names of jobs that are held of one folder.
    static let nameLimit = 20_000

    /// Adds a page.
    mutating func add(_ page: DirectoryPage, dayAgo: Date) {
        for build in page.builds {
            tally.add(build, dayAgo: dayAgo)
            if build.id.form == .free, build.alias == nil, otherNames.count < Self.nameLimit {
                otherNames.append(build.id.text)
            }
            if let alias = build.alias, let updated = alias.updated, updated > newestAlias?.updated ?? .distantPast {
                newestAlias = alias
            }
        }
        markers.merge(page.markers) { $1 }
    }

    /// Whether the directory is itself a build: it holds a file that only builds have.
    var isBuild: Bool {
        markers.keys.contains { $0 != "latest-build.txt" && $0 != "jobResultsCache.json" }
    }

    /// Whether what lies in the directory are builds, as far as their names tell.
    var holdsBuilds: Bool { tally.aliasCount > 0 || tally.countOfRecognized * 2 > tally.count }

    /// When a file that is written with every build was written last.
    var latestBuildTime: Date? {
        ["latest-build.txt", "jobResultsCache.json"].compactMap { markers[$0]?.updated }.max()
    }

    /// The form whose names sort as times do, where that holds of all that was seen; nil otherwise.
    var leapForm: BuildIDForm? {
        guard (tally.countByForm[.sequential] ?? 0) == 0 else { return nil }
        return tally.countByForm.filter { $0.key.holdsTime }.max {
            ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
        }?
        .key
    }
}
