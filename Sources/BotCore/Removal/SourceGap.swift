/// The blank lines and whole-line comments between two values of a file.
struct SourceGap {
    /// Comments that stay whatever goes, as blocks, in order.
    private(set) var standing: [ClosedRange<Int>] = []
    /// Comments that describe the run below, and go with the last item of it.
    private(set) var header: [Int] = []
    /// Comments that go with the very item below.
    private(set) var orders: [Int] = []

    /// What stands directly below a gap.
    enum Follower {
        /// An item of the list or mapping that the gap is in.
        case sibling
        /// Something outside of it: what is attached to that is not looked at here.
        case outsider
        /// The end of the file.
        case end
    }

    /// Reads a gap.
    ///
    /// - Parameters:
    ///   - range: The lines between the two values.
    ///   - source: The file.
    ///   - follower: What stands below.
    ///   - keepsComments: Whether comments that are not attached to what follows stay; inside of an item they do not,
    ///     but belong to what follows, a blank line between or not.
    init(_ range: Range<Int>, in source: YAMLSource, before follower: Follower, keepsComments: Bool) {
        let comments = source.comments(in: range)
        guard let first = comments.first else { return }
        var attached: [YAMLComment] = []
        if !keepsComments {
            attached = follower == .sibling ? comments : []
        } else if follower != .end {
            attached = source.commentsDirectlyAbove(range.upperBound).filter { $0.line >= first.line }
        }
        let standingAttached = keepsComments ? StandingComments.lines(in: attached) : []
        if keepsComments {
            for comment in comments.dropLast(attached.count) { stand(comment.line) }
        }
        guard follower == .sibling else { return }
        for comment in attached {
            if StandingComments.isOrder(comment) {
                orders.append(comment.line)
            } else if standingAttached.contains(comment.line) {
                stand(comment.line)
            } else {
                header.append(comment.line)
            }
        }
    }

    private mutating func stand(_ line: Int) {
        if let last = standing.last, last.upperBound == line - 1 {
            standing[standing.count - 1] = last.lowerBound...line
        } else {
            standing.append(line...line)
        }
    }
}
