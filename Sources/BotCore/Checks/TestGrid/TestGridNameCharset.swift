/// A name with a character that TestGrid does not accept.
enum TestGridNameCharset: RegistryRule {
    static let id: RuleID = "tg-name-charset"
    static let severity = Severity.error
    static let source = "validateName in config/config.go of GoogleCloudPlatform/testgrid, since April 2022"
    static let example = """
        test_groups:
        - name: unit&integration
          gcs_prefix: kubernetes-ci-logs/logs/unit-integration
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.namedThings(where: isBroken).map { thing in
            var bad: [String] = []
            for scalar in thing.name.unicodeScalars where !isAllowed(scalar) {
                let text = scalar == " " ? "a space" : String(Character(scalar))
                if !bad.contains(text) { bad.append(text) }
            }
            return finding(
                at: thing.place, about: thing.selector,
                ["kind": thing.kind, "name": thing.name, "characters": bad.listed()])
        }
    }

    /// Letters, digits, the space, an en dash, and `_.~<>()|[]",@/-`.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isAllowedASCII[Int(scalar.value)] }
        return scalar == "\u{2013}"
    }

    /// Whether a name has a sign that is not allowed; most names are seen to have none from their bytes.
    private static func isBroken(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            ContactText.isASCIILetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        return !isPlain && !name.unicodeScalars.allSatisfy(isAllowed)
    }

    private static let isAllowedASCII: [Bool] = (UInt8(0)..<128).map { byte in
        ContactText.isASCIILetterOrDigit(byte) || "_.~<>()|[]\",@/ -".utf8.contains(byte)
    }
}
