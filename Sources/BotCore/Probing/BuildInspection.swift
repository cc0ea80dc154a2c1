internal import struct Foundation.Date

/// Looks into one build: what is there, and then what its small files and its JUnit files say.
struct BuildInspection: Sendable {
    /// What is asked next.
    private enum Stage {
        /// The alias's text, where its metadata has no link.
        case alias(StoredObject)
        /// All objects below the build.
        case objects(token: String?)
        /// What lies right below the build, where its objects are too many to be listed to the end.
        case directory
        /// Listed; reading waits until someone asks for it.
        case listed
        case reading([FileToRead])
        case done
    }

    private enum FileToRead {
        case started(String)
        case finished(String)
        case junit(StoredObject)
        /// Any object, only to see whether it may be read.
        case any(String)
    }

    let candidate: BuildCandidate
    private let directory: BucketLocation
    private let limits: ProbeLimits
    private var location: BucketLocation?
    private var stage: Stage
    private var pages = 0
    private var contents = BuildContents()

    /// What was found; nil while nothing was listed, and where an alias leads nowhere.
    private(set) var build: InspectedBuild?
    /// What is wrong with the alias; nil where nothing is.
    private(set) var brokenAlias: BrokenAlias?
    /// What came of reading objects, and the evidence.
    private(set) var reads: [(object: String, state: AccessState, evidence: Evidence)] = []
    /// Why the build could not be listed; nil where it could.
    private(set) var unknownReason: String?

    /// An inspection that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - candidate: The build.
    ///   - directory: Where the build's directory or its alias lies.
    ///   - limits: The bounds.
    init(_ candidate: BuildCandidate, in directory: BucketLocation, limits: ProbeLimits) {
        self.candidate = candidate
        self.directory = directory
        self.limits = limits
        if let alias = candidate.alias {
            if let link = AliasLink.inMetadata(of: alias) {
                location = AliasLink.location(in: link)
                stage = location == nil ? .done : .objects(token: nil)
                if location == nil { brokenAlias = BrokenAlias(object: alias.name, problem: .noLink) }
            } else {
                stage = alias.size == 0 ? .done : .alias(alias)
                if alias.size == 0 { brokenAlias = BrokenAlias(object: alias.name, problem: .empty) }
            }
        } else {
            let name = candidate.id.text.isEmpty ? "" : candidate.id.text + "/"
            location = BucketLocation(bucket: directory.bucket, prefix: directory.prefix + name)
            stage = .objects(token: nil)
        }
    }

    /// An inspection of a location that is itself a build.
    init(build location: BucketLocation, limits: ProbeLimits) {
        let parts = location.prefix.split(separator: "/")
        // A build that is the whole of a bucket, as a local folder is, has the bucket's name.
        candidate = BuildCandidate(id: BuildID(parts.last ?? location.bucket[...]), alias: nil)
        directory = BucketLocation(bucket: location.bucket, prefix: parts.dropLast().joined(separator: "/"))
        self.limits = limits
        self.location = location
        stage = .objects(token: nil)
    }

    /// Whether the build has been listed, so that reading may begin.
    var isListed: Bool {
        switch stage {
        case .listed, .reading, .done: true
        case .alias, .objects, .directory: false
        }
    }

    /// What to ask next; empty when waiting or done.
    var questions: [StorageQuestion] {
        switch stage {
        case .alias(let alias):
            return [.read(ReadQuestion(bucket: directory.bucket, object: alias.name, byteLimit: AliasLink.byteLimit))]
        case .objects(let token):
            return location.map { [.list(list($0, isDelimited: false, token: token))] } ?? []
        case .directory:
            return location.map { [.list(list($0, isDelimited: true, token: nil))] } ?? []
        case .reading(let files):
            return location.map { location in files.map { question($0, bucket: location.bucket) } } ?? []
        case .listed, .done:
            return []
        }
    }

    private func list(_ location: BucketLocation, isDelimited: Bool, token: String?) -> ListQuestion {
        ListQuestion(bucket: location.bucket, prefix: location.prefix, isDelimited: isDelimited, pageToken: token)
    }

    private func question(_ file: FileToRead, bucket: String) -> StorageQuestion {
        switch file {
        case .started(let name):
            .read(ReadQuestion(bucket: bucket, object: name, byteLimit: StartedFile.byteLimit))
        case .finished(let name):
            .read(ReadQuestion(bucket: bucket, object: name, byteLimit: FinishedFile.byteLimit))
        case .any(let name): .read(ReadQuestion(bucket: bucket, object: name, byteLimit: 1))
        case .junit(let object):
            .readJUnit(ReadQuestion(bucket: bucket, object: object.name, byteLimit: JUnitReader.byteLimit))
        }
    }

    /// Begins to read the build's files.
    ///
    /// - Parameter junit: Whether JUnit files are read too.
    mutating func startReading(junit: Bool) {
        guard case .listed = stage, build != nil else { return }
        var files: [FileToRead] = []
        if let started = contents.started { files.append(.started(started.name)) }
        if let finished = contents.finished { files.append(.finished(finished.name)) }
        if junit { files += contents.junitFiles.prefix(limits.junitFilesPerBuild).map { .junit($0) } }
        if files.isEmpty, let object = contents.newestObject { files.append(.any(object)) }
        stage = files.isEmpty ? .done : .reading(files)
    }

    /// Takes the replies to `questions`, as many as were asked.
    mutating func receive(_ replies: [StorageReply]) {
        switch stage {
        case .alias(let alias): if let reply = replies.first { takeAlias(alias, reply.asContent) }
        case .objects: if let reply = replies.first { takeObjects(reply.asPage) }
        case .directory: if let reply = replies.first { takeDirectory(reply.asPage) }
        case .reading(let files):
            stage = .done
            for (file, reply) in zip(files, replies) { take(file, reply) }
        case .listed, .done: break
        }
    }

    private mutating func takeAlias(_ alias: StoredObject, _ answer: StorageAnswer<ObjectContent>) {
        reads.append((alias.name, AccessState(answer.outcome), answer.evidence))
        stage = .done
        switch answer.outcome {
        case .answered(let content):
            location = AliasLink.location(in: String(decoding: content.bytes, as: UTF8.self))
            let problem: BrokenAlias.Problem = content.bytes.isEmpty ? .empty : .noLink
            if location == nil { brokenAlias = BrokenAlias(object: alias.name, problem: problem) }
            if location != nil { stage = .objects(token: nil) }
        case .unknown(let reason): unknownReason = reason
        case .refused, .noSuchObject: break
        }
    }

    private mutating func takeObjects(_ answer: StorageAnswer<ListPage>) {
        guard let page = page(in: answer) else { return }
        pages += 1
        add(page.objects)
        if let token = page.nextPageToken {
            stage = pages < limits.pagesPerBuild ? .objects(token: token) : .directory
        } else {
            contents.isComplete = true
            finishListing(answer.evidence)
        }
    }

    private mutating func takeDirectory(_ answer: StorageAnswer<ListPage>) {
        guard let page = page(in: answer) else { return }
        add(page.objects.filter { note($0) })
        finishListing(answer.evidence)
    }

    /// The page, or nil where there is none and the inspection is over.
    private mutating func page(in answer: StorageAnswer<ListPage>) -> ListPage? {
        let reason: String
        switch answer.outcome {
        case .answered(let page): return page
        case .refused: reason = "the build's directory may not be listed"
        case .unknown(let text): reason = text
        case .noSuchObject: reason = "a listing was answered as if it were an object"
        }
        unknownReason = reason
        stage = .done
        if let location { build = emptyBuild(at: location, contents: nil, evidence: answer.evidence) }
        return nil
    }

    private mutating func finishListing(_ evidence: Evidence) {
        guard let location else { return }
        build = emptyBuild(at: location, contents: contents, evidence: evidence)
        stage = .listed
    }

    private func emptyBuild(at location: BucketLocation, contents: BuildContents?, evidence: Evidence) -> InspectedBuild
    {
        InspectedBuild(
            id: candidate.id, location: location,
            started: contents.map { $0.started == nil ? .missing : .notAsked } ?? .notAsked,
            finished: contents.map { $0.finished == nil ? .missing : .notAsked } ?? .notAsked,
            junit: [], contents: contents, evidence: evidence)
    }

    /// Whether an object of the delimited listing was not counted before: those of the first pages were.
    private func note(_ object: StoredObject) -> Bool {
        guard let location else { return false }
        let name = object.name.dropFirst(location.prefix.count)
        return DirectoryPage.markers.contains(String(name)) && contents.started?.name != object.name
            && contents.finished?.name != object.name
    }

    private mutating func add(_ objects: [StoredObject]) {
        guard let location else { return }
        for object in objects where object.name.utf8.starts(with: location.prefix.utf8) {
            let name = String(Substring(object.name.utf8.dropFirst(location.prefix.utf8.count)))
            guard !name.isEmpty else { continue }
            contents.add(object, named: name)
        }
    }

    private mutating func take(_ file: FileToRead, _ reply: StorageReply) {
        switch file {
        case .started(let name):
            let started: BuildFile<StartedFile> = buildFile(name, reply.asContent) { StartedFile.parse($0) }
            build?.started = started
        case .finished(let name):
            let finished: BuildFile<FinishedFile> = buildFile(name, reply.asContent) { FinishedFile.parse($0) }
            build?.finished = finished
        case .any(let name):
            let answer = reply.asContent
            reads.append((name, AccessState(answer.outcome), answer.evidence))
        case .junit(let object):
            let answer = reply.asJUnit
            reads.append((object.name, AccessState(answer.outcome), answer.evidence))
            let summary: Observation<JUnitSummary> =
                switch answer.outcome {
                case .answered(let summary): .seen(summary)
                case .unknown(let reason): .unknown(reason: reason)
                case .noSuchObject: .unknown(reason: "it was deleted meanwhile")
                case .refused: .unknown(reason: "it may not be read")
                }
            build?.junit.append(
                InspectedJUnit(object: object.name, size: object.size, summary: summary, evidence: answer.evidence))
        }
    }

    private mutating func buildFile<Value: Hashable & Sendable>(
        _ name: String, _ answer: StorageAnswer<ObjectContent>, parse: ([UInt8]) -> (Value, [LayoutIssue])
    ) -> BuildFile<Value> {
        reads.append((name, AccessState(answer.outcome), answer.evidence))
        switch answer.outcome {
        case .answered(let content):
            var (value, issues) = parse(content.isComplete ? content.bytes : [])
            if !content.isComplete { issues = [.tooLarge(byteLimit: content.bytes.count)] }
            return .read(value, issues: issues, evidence: answer.evidence)
        case .noSuchObject: return .missing
        case .refused(let refusal): return .refused(refusal, evidence: answer.evidence)
        case .unknown(let reason): return .unknown(reason: reason)
        }
    }
}

extension BuildContents {
    /// Notes one object of a build.
    ///
    /// - Parameters:
    ///   - object: The object.
    ///   - name: Its name from the build's directory on.
    mutating func add(_ object: StoredObject, named name: String) {
        objectCount += 1
        if sampleNames.count < 10 { sampleNames.append(name) }
        switch name {
        case "started.json": started = object
        case "finished.json": finished = object
        case "build-log.txt": hasBuildLog = true
        case "podinfo.json": hasPodInfo = true
        default: break
        }
        if junitFiles.count < 100, JUnitFileName.isReadByTestGrid(object.name) { junitFiles.append(object) }
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count > 1, let first = parts.first, BuildID(first).form != .free, buildLikeDirectories.count < 5,
            !buildLikeDirectories.contains(String(first))
        {
            buildLikeDirectories.append(String(first))
        }
        if let time = object.updated ?? object.timeCreated, time > newestTime ?? .distantPast || newestObject == nil {
            newestTime = time
            newestObject = object.name
        } else if newestObject == nil {
            newestObject = object.name
        }
    }
}
