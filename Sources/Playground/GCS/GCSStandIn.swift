internal import Synchronization

/// A stand-in for Google Cloud Storage: buckets of objects that can be told to misbehave.
///
/// It answers anonymous readers by the JSON and the XML API as the service does: whoever sends credentials is refused.
/// It holds state, not answers; `withGCSStandIn` and `GCSStandInServer` put it behind real HTTP.
public final class GCSStandIn: Sendable {
    // A class, since the server and the test that steers it share one.
    private let state: Mutex<State>

    private struct State {
        var world: StandInWorld
        var misbehaviors: [Misbehavior] = []
        var journal = Journal()

        /// What goes wrong with a request; counts it.
        mutating func troubles(of request: StorageRequest) -> [Misbehavior.Kind] {
            var troubles: [Misbehavior.Kind] = []
            var isSpoiled = false
            for index in misbehaviors.indices {
                if case .latency = misbehaviors[index].kind {
                    if misbehaviors[index].befalls(request) { troubles.append(misbehaviors[index].kind) }
                } else if !isSpoiled, misbehaviors[index].befalls(request) {
                    isSpoiled = true
                    troubles.append(misbehaviors[index].kind)
                }
            }
            return troubles
        }
    }

    /// A stand-in that holds a world.
    public init(_ world: StandInWorld = StandInWorld()) { state = Mutex(State(world: world)) }

    /// A stand-in that holds these buckets.
    public convenience init(_ buckets: [StandInBucket]) { self.init(StandInWorld(buckets)) }

    /// What it holds at this moment.
    public var world: StandInWorld { state.withLock { $0.world } }

    /// What it was asked so far.
    public var journal: Journal { state.withLock { $0.journal } }

    /// Adds a bucket, in the place of one with its name.
    public func add(_ bucket: StandInBucket) { state.withLock { $0.world[bucket: bucket.name] = bucket } }

    /// Deletes a bucket.
    public func remove(bucket name: String) { state.withLock { $0.world[bucket: name] = nil } }

    /// Changes a bucket; one that is not there comes into being, world-readable and empty.
    public func update(bucket name: String, _ change: (inout StandInBucket) -> Void) {
        state.withLock { state in
            var bucket = state.world[bucket: name] ?? StandInBucket(name)
            change(&bucket)
            state.world[bucket: name] = bucket
        }
    }

    /// Makes something go wrong from now on.
    ///
    /// Latencies add up; of everything else the first that fits a request befalls it.
    public func misbehave(
        _ kind: Misbehavior.Kind, on target: Misbehavior.Target = .everything, skipCount: Int = 0, times: Int? = nil
    ) {
        let misbehavior = Misbehavior(kind, on: target, skipCount: skipCount, times: times)
        state.withLock { $0.misbehaviors.append(misbehavior) }
    }

    /// Makes nothing go wrong any more.
    public func behave() { state.withLock { $0.misbehaviors = [] } }

    /// Forgets what it was asked.
    public func clearJournal() { state.withLock { $0.journal.clear() } }

    /// Answers a request, and writes it down.
    ///
    /// Who calls this says `didAnswer()` when the answer is under way.
    func reply(to request: StorageRequest) -> StandInReply {
        let (world, troubles) = state.withLock { state in
            state.journal.begin(request)
            return (state.world, state.troubles(of: request))
        }
        // The answer may be long in coming; others need not wait for it.
        let reply = world.answer(to: request, isEndless: troubles.contains(.endlessListing))
        return troubles.reduce(reply) { $0.spoiled(by: $1, for: request) }
    }

    /// Says that a request has its answer.
    func didAnswer() { state.withLock { $0.journal.end() } }
}
