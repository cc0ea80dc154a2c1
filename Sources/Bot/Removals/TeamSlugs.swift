/// Where a team that an OWNERS file or a comment names may be found.
enum TeamSlugs {
    /// The slugs to look under, in order.
    ///
    /// - Parameters:
    ///   - name: `org/team`, or a special interest group, which its leads speak for.
    ///   - owner: The organization.
    /// - Returns: None for a team of another organization: it is not told of what happens here.
    static func of(_ name: String, in owner: String) -> [String] {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return [name + "-leads", name] }
        return parts[0].lowercased() == owner.lowercased() ? [parts[1]] : []
    }
}
