/// Probes all locations of one entry side by side: a test group's `gcs_prefix` may name several, with commas between.
///
/// Source: `gcs_prefix` in https://github.com/GoogleCloudPlatform/testgrid/blob/main/config.md.
public struct GroupProbe: Sendable {
    /// What to do next.
    public enum Step: Sendable {
        /// Ask these questions, all at once if possible, and give the replies back in the same order.
        case ask([StorageQuestion])
        /// Nothing is left to ask: one report for each location, in their order.
        case done([ProbeReport])
    }

    private var probes: [LocationProbe]
    /// Whose questions are out: the probe, and how many it has asked.
    private var asked: [(index: Int, count: Int)] = []

    /// A probe that has asked nothing yet.
    ///
    /// - Parameter probes: One for each location.
    public init(_ probes: [LocationProbe]) { self.probes = probes }

    /// What to do next; asked again without `receive`, it says the same.
    public mutating func next() -> Step {
        var questions: [StorageQuestion] = []
        var reports: [ProbeReport] = []
        asked = []
        for index in probes.indices {
            switch probes[index].next() {
            case .ask(let more):
                asked.append((index, more.count))
                questions += more
            case .done(let report): reports.append(report)
            }
        }
        return questions.isEmpty ? .done(reports) : .ask(questions)
    }

    /// Takes the replies to the questions of `next`, in their order; replies that are missing count as unanswered.
    public mutating func receive(_ replies: [StorageReply]) {
        var rest = replies[...]
        for (index, count) in asked {
            probes[index].receive(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        asked = []
    }
}
