/// A bucket of the stand-in: what is in it, and who may look.
public struct StandInBucket: Sendable {
    /// The bucket's name.
    public let name: String
    /// What anonymous callers may do.
    public var access: AccessMode
    /// The stored objects, in the order of their names.
    public private(set) var objects: [StandInObject] = []
    /// The jobs whose builds are computed, in the order of their directories.
    public private(set) var jobs: [SyntheticJob] = []

    /// A bucket.
    ///
    /// - Parameters:
    ///   - name: Its name; one that breaks the naming rules is answered as such.
    ///   - access: What anonymous callers may do.
    ///   - objects: What is stored in it; of two with one name the later counts.
    ///   - jobs: Jobs whose builds are computed; none may lie inside another's directory.
    public init(
        _ name: String, access: AccessMode = .worldReadable, objects: [StandInObject] = [], jobs: [SyntheticJob] = []
    ) {
        self.name = name
        self.access = access
        // Sorting is stable, so the last of a run with one name is the one that was put last.
        for object in objects.sorted(by: { $0.name < $1.name }) {
            if self.objects.last?.name == object.name { self.objects.removeLast() }
            self.objects.append(object)
        }
        self.jobs = jobs.sorted { $0.directory < $1.directory }
        checkThatJobsDoNotNest()
    }

    /// Stores an object, in the place of one with its name.
    public mutating func put(_ object: StandInObject) {
        let index = Self.firstIndex(in: objects) { $0.name >= object.name }
        if index < objects.count, objects[index].name == object.name {
            objects[index] = object
        } else {
            objects.insert(object, at: index)
        }
    }

    /// Adds a job whose builds are computed, in the place of one with its directory.
    public mutating func put(_ job: SyntheticJob) {
        jobs.removeAll { $0.directory == job.directory }
        jobs.insert(job, at: Self.firstIndex(in: jobs) { $0.directory >= job.directory })
        checkThatJobsDoNotNest()
    }

    /// Deletes every stored object and every job whose name or directory starts with this.
    public mutating func remove(prefix: ObjectName) {
        objects.removeAll { $0.name.hasPrefix(prefix) }
        jobs.removeAll { $0.directory.hasPrefix(prefix) }
    }

    /// The object of this name; nil where there is none.
    public func object(named name: ObjectName) -> StandInObject? {
        let index = Self.firstIndex(in: objects) { $0.name >= name }
        if index < objects.count, objects[index].name == name { return objects[index] }
        return job(before: name)?.object(named: name)
    }

    /// The first name at or after a place; nil where none follows.
    func firstName(atOrAfter place: ObjectName) -> ObjectName? {
        let index = Self.firstIndex(in: objects) { $0.name >= place }
        let stored = index < objects.count ? objects[index].name : nil
        guard let computed = firstComputedName(atOrAfter: place) else { return stored }
        guard let stored else { return computed }
        return min(stored, computed)
    }

    private func firstComputedName(atOrAfter place: ObjectName) -> ObjectName? {
        // A place within a job's directory sorts behind the directory, so the job before it has to be asked too.
        var index = max(0, Self.firstIndex(in: jobs) { $0.directory > place } - 1)
        while index < jobs.count {
            if let name = jobs[index].firstName(atOrAfter: place) { return name }
            index += 1
        }
        return nil
    }

    private func job(before name: ObjectName) -> SyntheticJob? {
        let index = Self.firstIndex(in: jobs) { $0.directory > name }
        return index > 0 ? jobs[index - 1] : nil
    }

    private func checkThatJobsDoNotNest() {
        for (outer, inner) in zip(jobs, jobs.dropFirst()) {
            precondition(
                !inner.directory.hasPrefix(outer.directory),
                "The job \(inner.directory) lies inside \(outer.directory): their names would not come in order.")
        }
    }

    /// The index of the first element that fits, in an array whose fitting elements all stand at its end.
    private static func firstIndex<Element>(in array: [Element], where fits: (Element) -> Bool) -> Int {
        var (low, high) = (0, array.count)
        while low < high {
            let middle = (low + high) / 2
            if fits(array[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
