/// The addresses that a `Link` header names.
///
/// Shape: `<https://...?page=2>; rel="next", <https://...?page=34>; rel="last"`.
/// Source: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api; RFC 8288, section 3.
enum LinkHeader {
    /// The address of the next page as it is written; `nil` on the last page.
    ///
    /// - Parameter value: The header's value; what does not fit the shape is passed over.
    /// - Returns: The text between the angle brackets.
    static func next(in value: String?) -> String? {
        var rest = Substring(value ?? "")
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let address = rest[rest.index(after: open)..<close]
            let end =
                rest[close...].firstRange(of: ",<")?.lowerBound ?? rest[close...].firstRange(of: ", <")?.lowerBound
            let parameters = rest[rest.index(after: close)..<(end ?? rest.endIndex)]
            if isNext(parameters) { return String(address) }
            rest = rest[(end ?? rest.endIndex)...]
        }
        return nil
    }

    private static func isNext(_ parameters: Substring) -> Bool {
        parameters.split(separator: ";").contains { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard let name = parts.first, let value = parts.last, parts.count == 2 else { return false }
            let words = value.filter { $0 != "\"" && $0 != "," }.split(separator: " ")
            return name.filter { $0 != " " }.lowercased() == "rel" && words.contains { $0.lowercased() == "next" }
        }
    }
}
