internal import struct Foundation.Data

/// Where a listing goes on, in a form that a client cannot read anything into.
struct PageToken: Hashable {
    /// The first name that is still to be listed.
    let place: ObjectName
    /// How often a listing that never ends has started over.
    let round: Int

    /// The token of a place.
    init(_ place: ObjectName, round: Int = 0) {
        self.place = place
        self.round = round
    }

    /// Reads a token; nil for one that was not given by a stand-in.
    init?(_ text: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        let parts = Array(data).split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let round = Int(String(decoding: parts[0], as: UTF8.self)) else { return nil }
        self.init(ObjectName(bytes: Array(parts[1])), round: round)
    }

    /// The token as it is sent.
    var text: String { Data(Array("\(round):".utf8) + place.bytes).base64EncodedString() }
}
