/// Whether one name sorts before another when runs of digits are compared as numbers, as TestGrid and kettle do.
///
/// `build-9` comes before `build-10`. Numbers of any length are compared without being converted.
///
/// - Parameters:
///   - left: A name.
///   - right: Another name.
/// - Returns: Whether `left` comes first; false where they are the same.
public func isNaturallyOrdered(_ left: String, before right: String) -> Bool {
    var left = Array(left.utf8)[...]
    var right = Array(right.utf8)[...]
    while let a = left.first, let b = right.first {
        if isDigit(a), isDigit(b) {
            let (leftRun, rightRun) = (left.prefix(while: isDigit), right.prefix(while: isDigit))
            let (x, y) = (leftRun.drop { $0 == 0x30 }, rightRun.drop { $0 == 0x30 })
            if x.count != y.count { return x.count < y.count }
            if x != y { return x.lexicographicallyPrecedes(y) }
            if leftRun.count != rightRun.count { return leftRun.count < rightRun.count }
            left = left.dropFirst(leftRun.count)
            right = right.dropFirst(rightRun.count)
        } else if a != b {
            return a < b
        } else {
            left = left.dropFirst()
            right = right.dropFirst()
        }
    }
    return left.isEmpty && !right.isEmpty
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
