/// How many insertions, deletions, replacements and swaps of neighbors turn one text into another.
///
/// - Parameters:
///   - left: One text.
///   - right: The other.
///   - limit: Distances above this are not told apart; the work stays within length times limit.
/// - Returns: The distance in characters; nil where it is above the limit.
func editDistance(_ left: String, _ right: String, limit: Int) -> Int? {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    guard limit >= 0, abs(left.count - right.count) <= limit else { return nil }
    let far = limit + 1
    var beforeLast = [Int](repeating: far, count: right.count + 1)
    var last = (0...right.count).map { min($0, far) }
    for row in 0..<left.count {
        var current = [Int](repeating: far, count: right.count + 1)
        if row + 1 <= limit { current[0] = row + 1 }
        let first = max(0, row - limit)
        let end = min(right.count, row + limit + 1)
        for column in first..<max(first, end) {
            let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
            var best = min(replaced, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                best = min(best, beforeLast[column - 1] + 1)
            }
            current[column + 1] = min(best, far)
        }
        beforeLast = last
        last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
}

/// The names that a mistyped one may have meant: at most a third of it wrong, nearest first.
///
/// - Parameters:
///   - name: What was written.
///   - candidates: What there is.
///   - count: How many to name at most.
/// - Returns: The candidates in that order; none where nothing is near.
public func nearest(to name: String, among candidates: [String], count: Int = 3) -> [String] {
    let limit = max(1, min(8, name.unicodeScalars.count / 3))
    let lowered = name.lowercased()
    return
        candidates
        .compactMap { candidate in
            editDistance(lowered, candidate.lowercased(), limit: limit).map { (candidate, $0) }
        }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        .prefix(count)
        .map(\.0)
}
