/// Which objects are taken for JUnit files, by their names alone.
public enum JUnitFileName {
    /// Whether TestGrid reads an object as JUnit.
    ///
    /// It must lie in a folder; from some slash on its name must be `junit` … `.xml`, or `test` and any character and
    /// `xml`, since the dot of that expression is not escaped.
    ///
    /// Source: `re` in https://github.com/GoogleCloudPlatform/testgrid/blob/main/util/gcs/read.go:
    /// `.+/(?:junit((_[^_]+)?(_\d+-\d+)?(_\d+)?|.+)?\.xml|test.xml)$`.
    ///
    /// - Parameter name: The object's name, whole or from the build's directory on.
    /// - Returns: Whether its contents are shown as tests.
    public static func isReadByTestGrid(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard !bytes.contains(0x0A) else { return false }
        return bytes.indices.contains { index in
            guard index > 0, bytes[index] == UInt8(ascii: "/") else { return false }
            let rest = bytes[(index + 1)...]
            return isJUnit(rest) || isTest(name: name, from: index + 1)
        }
    }

    /// Whether kettle reads an object as JUnit: right below `artifacts/`, with `/junit` before its final `.xml`.
    ///
    /// Source: kettle/make_db.py in kubernetes/test-infra: `.*/junit.*\.xml$` over one level of `artifacts/`.
    ///
    /// - Parameter name: The object's name, from the build's directory on.
    /// - Returns: Whether its contents go to BigQuery.
    public static func isReadByKettle(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "artifacts", let file = parts.last else { return false }
        return isJUnit(Array(file.utf8)[...])
    }

    private static func isJUnit(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.count >= 9 && rest.starts(with: Array("junit".utf8)) && rest.suffix(4).elementsEqual(Array(".xml".utf8))
    }

    private static func isTest(name: String, from offset: Int) -> Bool {
        let rest = String(decoding: name.utf8.dropFirst(offset), as: UTF8.self).unicodeScalars
        return rest.count == 8 && rest.starts(with: "test".unicodeScalars)
            && rest.suffix(3).elementsEqual("xml".unicodeScalars)
    }
}
