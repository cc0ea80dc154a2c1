public import Foundation

/// Why a folder is no world.
public enum WorldFolderError: Error, Hashable, Sendable {
    /// A `{{now…}}` that is no time; the text between the braces.
    case placeholder(String)
    /// A file could not be used; its path below the folder, and why.
    case file(path: String, reason: String)
}

extension StandInWorld {
    /// Reads a world from a folder.
    ///
    /// Shape: each subfolder is a bucket, and the files below it are its objects. `BUCKET.json` beside it says how the
    /// bucket behaves (see `BucketSettings`): without one it is world-readable, and where there is no subfolder it is
    /// empty. Names and contents may hold times relative to now, as in
    /// `logs/ci-acme/{{now-3d.snowflake}}/started.json` with `{"timestamp": {{now-3d.seconds}}}` (see
    /// `TimePlaceholder`). An object was uploaded when the settings say, else at the last time in its name, else at
    /// `now`. Names that start with a dot, and other files beside the buckets, are left out.
    ///
    /// - Parameters:
    ///   - folder: Where the buckets are; everything is read at once.
    ///   - now: What relative times count from.
    /// - Throws: `WorldFolderError` naming the first file that cannot be used.
    public init(folder: URL, now: Date) throws {
        let now = Timestamp(now)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
        var buckets: [String: StandInBucket] = [:]
        var settings: [String: BucketSettings] = [:]
        for name in names.sorted() where name.hasSuffix(".json") {
            let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
            settings[String(name.dropLast(".json".count))] = try Self.naming(name) {
                try BucketSettings(json: bytes, now: now)
            }
        }
        for name in names where Self.isFolder(folder.appending(path: name)) {
            let url = folder.appending(path: name)
            let objects = try Self.objects(in: url, now: now, settings[name] ?? BucketSettings())
            buckets[name] = StandInBucket(name, objects: objects)
        }
        for (name, settings) in settings {
            var bucket = buckets[name] ?? StandInBucket(name)
            bucket.access = try Self.naming("\(name).json") { try settings.accessMode(now: now) }
            for job in try Self.naming("\(name).json", { try settings.syntheticJobs(now: now) }) { bucket.put(job) }
            buckets[name] = bucket
        }
        self.init(Array(buckets.values))
    }

    private static func objects(
        in folder: URL, now: Timestamp, _ settings: BucketSettings
    ) throws -> [StandInObject] {
        var objects: [StandInObject] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let url = folder.appending(path: path)
            guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }), !isFolder(url) else { continue }
            let bytes = try Array(Data(contentsOf: url))
            let object = try naming("\(folder.lastPathComponent)/\(path)") {
                let (name, nameTime) = try TimePlaceholder.fill(Array(path.utf8), now: now)
                let (content, _) = try TimePlaceholder.fill(bytes, now: now)
                let text = String(decoding: name, as: UTF8.self)
                let time = try settings.uploadTime(of: text, now: now) ?? nameTime ?? now
                return StandInObject(
                    ObjectName(bytes: name), bytes: content, at: time.date, metadata: settings.metadata[text] ?? [:],
                    isGzipped: settings.gzipped.contains { text.hasSuffix($0) })
            }
            objects.append(object)
        }
        return objects
    }

    /// Says which file an error is about.
    private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch WorldFolderError.placeholder(let text) {
            throw WorldFolderError.file(path: path, reason: "{{\(text)}} is no time")
        } catch let error as DecodingError {
            throw WorldFolderError.file(path: path, reason: "\(error)")
        }
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
