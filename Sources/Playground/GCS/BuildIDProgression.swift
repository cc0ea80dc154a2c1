/// Build ids in even steps, found in the order in which a listing shows them, without any of them being stored.
///
/// A listing orders decimal numbers as text: 1, 10, 100, 2, 20. Seen as a tree in which each number's children append a
/// digit, that is the order in which one walks the tree, parents first.
struct BuildIDProgression: Hashable {
    /// The smallest id, at least 1.
    let first: Int64
    /// From one id to the next, at least 1.
    let step: Int64
    /// How many ids there are.
    let count: Int
    /// The number of digits that all ids have; nil where they differ.
    private let commonWidth: Int?

    /// The largest id; below `first` where there is none.
    var last: Int64 { count == 0 ? first - 1 : first + Int64(count - 1) * step }

    /// Ids from the smallest upwards; what would pass 2^63 - 1 is left out.
    init(first: Int64, step: Int64, count: Int) {
        self.first = max(1, first)
        self.step = max(1, step)
        let room = (Int64.max - self.first) / self.step
        // One more fits than there are steps.
        let kept = max(0, min(Int64(count) - 1, room) + 1)
        self.count = Int(kept)
        let last = self.first + max(0, kept - 1) * self.step
        commonWidth = Self.width(of: self.first) == Self.width(of: last) ? Self.width(of: last) : nil
    }

    /// The id at a position in numeric order.
    func id(at index: Int) -> Int64 { first + Int64(index) * step }

    /// The position of an id in numeric order; nil where it is none.
    func index(of id: Int64) -> Int? {
        guard id >= first, id <= last, (id - first) % step == 0 else { return nil }
        return Int((id - first) / step)
    }

    /// The first id, as text, that is not before these digits.
    ///
    /// - Parameter digits: ASCII digits; may be empty.
    /// - Returns: The id, or nil where none follows.
    func firstID(atOrAfter digits: [UInt8]) -> Int64? {
        // No id starts with a zero, so all of them come after one.
        guard let leading = digits.first, leading != UInt8(ascii: "0") else { return firstID(below: 0) }
        let (stem, isWhole) = Self.stem(of: digits)
        if isWhole, let inside = firstID(below: stem) { return inside }
        return firstID(afterAllBelow: stem)
    }

    /// The first id, as text, that comes after everything that starts with these digits.
    func firstID(afterAllBelow digits: [UInt8]) -> Int64? {
        guard let leading = digits.first, leading != UInt8(ascii: "0") else { return firstID(below: 0) }
        return firstID(afterAllBelow: Self.stem(of: digits).stem)
    }

    /// The id that these digits are; nil where it is none of ours or is written with a leading zero.
    func id(_ digits: [UInt8]) -> Int64? {
        guard let leading = digits.first, leading != UInt8(ascii: "0") else { return nil }
        let (stem, isWhole) = Self.stem(of: digits)
        return isWhole && index(of: stem) != nil ? stem : nil
    }

    /// As much of a number as fits into 63 bits, and whether that was all of it.
    private static func stem(of digits: [UInt8]) -> (stem: Int64, isWhole: Bool) {
        var stem: Int64 = 0
        for digit in digits {
            let (shifted, isTooLarge) = stem.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeStill) = shifted.addingReportingOverflow(Int64(digit &- UInt8(ascii: "0")))
            if isTooLarge || isTooLargeStill { return (stem, false) }
            stem = sum
        }
        return (stem, true)
    }

    /// The smallest id within bounds.
    private func smallestID(from low: Int64, through high: Int64) -> Int64? {
        let low = max(low, first)
        guard low <= min(high, last) else { return nil }
        let (below, rest) = (low - first).quotientAndRemainder(dividingBy: step)
        let index = rest == 0 ? below : below + 1
        guard index < Int64(count) else { return nil }
        let id = self.id(at: Int(index))
        return id <= high ? id : nil
    }

    /// The first id, as text, that starts with a number's digits; 0 stands for no digits at all.
    private func firstID(below stem: Int64) -> Int64? {
        if stem == 0, commonWidth != nil { return count > 0 ? first : nil }
        guard stem == 0 || holdsAny(below: stem) else { return nil }
        if stem > 0, index(of: stem) != nil { return stem }
        if let commonWidth, let (low, scale) = padded(stem, to: commonWidth) {
            let (high, isTooLarge) = low.addingReportingOverflow(scale - 1)
            return smallestID(from: low, through: isTooLarge ? .max : high)
        }
        for digit: Int64 in (stem == 0 ? 1 : 0)...9 {
            let (shifted, isTooLarge) = stem.multipliedReportingOverflow(by: 10)
            let (child, isTooLargeStill) = shifted.addingReportingOverflow(digit)
            if isTooLarge || isTooLargeStill { return nil }
            if let found = firstID(below: child) { return found }
        }
        return nil
    }

    /// The first id, as text, after everything that starts with a number's digits.
    private func firstID(afterAllBelow stem: Int64) -> Int64? {
        if let commonWidth { return firstID(afterAllBelow: stem, width: commonWidth) }
        var stem = stem
        while stem > 0 {
            if stem % 10 == 9 {
                stem /= 10
            } else {
                stem += 1
                if let found = firstID(below: stem) { return found }
            }
        }
        return nil
    }

    /// The same where all ids have as many digits: there the order of text is that of numbers.
    private func firstID(afterAllBelow stem: Int64, width: Int) -> Int64? {
        var kept = stem
        while Self.width(of: kept) > width { kept /= 10 }
        guard kept < .max, let (low, _) = padded(kept + 1, to: width) else { return nil }
        return smallestID(from: low, through: last)
    }

    /// Whether any id starts with a number's digits.
    private func holdsAny(below stem: Int64) -> Bool {
        var (low, high) = (stem, stem)
        while low <= last {
            if smallestID(from: low, through: high) != nil { return true }
            let (nextLow, isTooLarge) = low.multipliedReportingOverflow(by: 10)
            if isTooLarge { return false }
            let (shifted, isHighTooLarge) = high.multipliedReportingOverflow(by: 10)
            (low, high) = (nextLow, isHighTooLarge || shifted > Int64.max - 9 ? Int64.max : shifted + 9)
        }
        return false
    }

    /// A number filled up with zeros to a width, and the unit of its last digit; nil where that is too large.
    private func padded(_ number: Int64, to width: Int) -> (number: Int64, scale: Int64)? {
        var (padded, scale): (Int64, Int64) = (number, 1)
        // A number that has grown by a digit stays as it is: it lies behind all ids.
        for _ in 0..<max(0, width - Self.width(of: number)) {
            let (shifted, isTooLarge) = padded.multipliedReportingOverflow(by: 10)
            if isTooLarge { return nil }
            (padded, scale) = (shifted, scale * 10)
        }
        return (padded, scale)
    }

    private static func width(of number: Int64) -> Int {
        var (width, rest) = (1, number / 10)
        while rest > 0 { (width, rest) = (width + 1, rest / 10) }
        return width
    }
}
