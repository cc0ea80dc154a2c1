/// One file that a pull request changes, as GitHub lists it.
///
/// Source: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
public struct ChangedFile: Hashable, Sendable {
    /// What became of a file.
    public enum Status: Hashable, Sendable {
        /// It is there now: added, modified, copied, or with another mode.
        case present
        /// It is there now, and was at another path before.
        case renamed(from: String)
        /// It is gone.
        case removed
    }

    /// Its path now, or the one that it had where it is gone.
    public let path: String
    /// What became of it.
    public let status: Status
    /// What git calls its content; nil where GitHub does not say.
    public let blob: String?

    /// A changed file.
    public init(path: String, status: Status, blob: String?) {
        self.path = path
        self.status = status
        self.blob = blob
    }

    /// A changed file in GitHub's words.
    ///
    /// - Parameters:
    ///   - path: `filename`.
    ///   - status: `status`, any text; one that is not known means that the file is there.
    ///   - previousPath: `previous_filename`.
    ///   - blob: `sha`.
    public init(path: String, status: String, previousPath: String?, blob: String?) {
        let kind: Status
        switch (status, previousPath) {
        case ("removed", _): kind = .removed
        case ("renamed", let old?): kind = .renamed(from: old)
        default: kind = .present
        }
        self.init(path: path, status: kind, blob: blob.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// Every path that it touches.
    public var paths: [String] {
        if case .renamed(let old) = status { [path, old] } else { [path] }
    }
}
