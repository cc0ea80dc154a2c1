/// What a probe wants its caller to do next.
public enum ProbeStep: Sendable {
    /// Ask these questions, all at once if possible, and give the replies back in the same order.
    case ask([StorageQuestion])
    /// Nothing is left to ask.
    case done(ProbeReport)
}

/// One question to storage.
public enum StorageQuestion: Hashable, Sendable {
    /// One page of a listing.
    case list(ListQuestion)
    /// An object's bytes, or its beginning.
    case read(ReadQuestion)
    /// An object's bytes, fed to a `JUnitReader` as they arrive, so that they are never held together.
    case readJUnit(ReadQuestion)
}

/// One object that the core wants to read.
public struct ReadQuestion: Hashable, Sendable {
    /// The bucket's name.
    public var bucket: String
    /// The object's whole name.
    public var object: String
    /// Bytes after which reading stops.
    public var byteLimit: Int

    /// A question.
    public init(bucket: String, object: String, byteLimit: Int) {
        self.bucket = bucket
        self.object = object
        self.byteLimit = byteLimit
    }
}

/// What came of a `StorageQuestion`; the case fits the question's.
public enum StorageReply: Sendable {
    /// Reply to `list`.
    case page(StorageAnswer<ListPage>)
    /// Reply to `read`.
    case content(StorageAnswer<ObjectContent>)
    /// Reply to `readJUnit`.
    case junit(StorageAnswer<JUnitSummary>)
}

extension StorageReply {
    /// The reply as one to `list`; a reply of another kind says nothing.
    var asPage: StorageAnswer<ListPage> {
        if case .page(let answer) = self { answer } else { .misfit }
    }

    /// The reply as one to `read`; a reply of another kind says nothing.
    var asContent: StorageAnswer<ObjectContent> {
        if case .content(let answer) = self { answer } else { .misfit }
    }

    /// The reply as one to `readJUnit`; a reply of another kind says nothing.
    var asJUnit: StorageAnswer<JUnitSummary> {
        if case .junit(let answer) = self { answer } else { .misfit }
    }

    /// What the reply cost.
    var counts: RequestCounts {
        switch self {
        case .page(let answer): answer.counts
        case .content(let answer): answer.counts
        case .junit(let answer): answer.counts
        }
    }

    /// The reply's evidence.
    var evidence: Evidence {
        switch self {
        case .page(let answer): answer.evidence
        case .content(let answer): answer.evidence
        case .junit(let answer): answer.evidence
        }
    }
}

extension StorageAnswer {
    /// Stands for a reply that never came or does not fit its question.
    static var misfit: StorageAnswer<Value> {
        let reason = "the question was not answered"
        return StorageAnswer(
            outcome: .unknown(reason: reason),
            evidence: Evidence(request: "", status: nil, observedAt: nil, detail: reason),
            counts: RequestCounts())
    }
}
