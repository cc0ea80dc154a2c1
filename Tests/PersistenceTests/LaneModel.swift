import Foundation
import Persistence

/// What the inbox should do, said again as simply as possible: a list in the order of storing.
struct LaneModel {
    /// One open delivery.
    struct Entry {
        let id: String
        let lane: String
        var notBefore = 0
        var leaseUntil: Int?
    }

    /// Those that are neither finished nor parked.
    var open: [Entry] = []

    /// The delivery whose turn it is: of the first of each lane, the oldest that is neither leased nor postponed.
    func next(now: Int) -> String? {
        var lanes: Set<String> = []
        for entry in open where lanes.insert(entry.lane).inserted {
            if entry.notBefore <= now, entry.leaseUntil.map({ $0 <= now }) != false { return entry.id }
        }
        return nil
    }

    /// Changes one entry.
    mutating func change(_ id: String, _ change: (inout Entry) -> Void) {
        for index in open.indices where open[index].id == id { change(&open[index]) }
    }

    /// Takes one out.
    mutating func remove(_ id: String) -> Entry? {
        guard let index = open.firstIndex(where: { $0.id == id }) else { return nil }
        return open.remove(at: index)
    }
}
