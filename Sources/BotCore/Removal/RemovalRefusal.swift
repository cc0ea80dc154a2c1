/// A request that is not met, and what stands in its way.
public struct RemovalRefusal: Hashable, Sendable {
    /// What was asked to go.
    public let selector: Selector
    /// The reason's name.
    public let suspension: Suspension
    /// Where what stands in the way is.
    public let place: SourcePlace
    /// The reason.
    let reason: RefusalReason

    /// The reason in a sentence.
    public var words: String { reason.words }
}

/// Why a request is not met.
enum RefusalReason: Hashable {
    case generated
    case protected(dashboard: String)
    /// A Prow job has the name of the test group.
    case job(String)
    /// A Prow job's annotation names the dashboard.
    case annotation(job: String, dashboard: String)
    case handEdit(HandEdit)
    /// A file cannot be read, so that nobody can tell what else names the entry.
    case unreadable

    /// The reason in a sentence.
    var words: String {
        switch self {
        case .generated:
            "The file is written by a generator and would have the lines again; ask its owners to take the entry out."
        case .protected(let dashboard):
            "The dashboard \"\(dashboard)\" is protected by the policy: nothing is taken from it but by hand."
        case .job(let name):
            "The Prow job \"\(name)\" fills this test group and would be left without it; delete the job first."
        case .annotation(let job, let dashboard):
            "The annotation testgrid-dashboards of the Prow job \"\(job)\" names the dashboard \"\(dashboard)\"; "
                + "take the annotation away first."
        case .handEdit(let handEdit):
            "This has to be edited by hand: \(handEdit.words)."
        case .unreadable:
            "This file cannot be read, so nobody can tell what else names the entry; mend it first."
        }
    }
}
