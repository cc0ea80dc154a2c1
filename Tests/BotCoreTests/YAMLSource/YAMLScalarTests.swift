import Testing

@testable import BotCore

@Suite struct YAMLScalarTests {
    /// What PyYAML 6.0.3's SafeLoader makes of plain text; a whole number beyond 64 bits is a float here.
    static let answers = """
        null: ~ | null | Null | NULL
        true: yes | Yes | YES | true | True | TRUE | on | On | ON
        false: no | No | NO | false | False | FALSE | off | Off | OFF
        int 0: 0 | 00 | 0_ | +0 | -0
        int 7: 7 | 0_7
        int 15: 017
        int 5: 0b101
        int 2: 0b1_0
        int -3: -0b11
        int 31: 0x1F
        int 255: 0xff
        int -16: -0x10
        int 12: +12
        int -12: -12
        int 1000: 1_000
        int 10: 1__0
        int 1: 1_
        int 9223372036854775807: 9223372036854775807 | 0x7fffffffffffffff
        int -9223372036854775808: -9223372036854775808
        int 90: 1:30
        int 685230: 190:20:30
        int -685230: -190:20:30
        int 3909: 1:5:09
        int 5999: 99:59
        int 630: 1_0:30
        float 1500.0: 1.5e+3
        float 0.0015: 1.5E-3
        float 1000.0: 1.e+3
        float 9.223372036854776e+18: 9223372036854775808
        float -9.223372036854776e+18: -9223372036854775809
        float 1.8446744073709552e+19: 18446744073709551616 | 0xffffffffffffffff
        float 5405.0: 1:30:5.
        float 90.5: 1:30.5 | 01:30.5
        float 685230.15: 190:20:30.15
        float 1.5: 1.5 | +1.5 | 1._5
        float -1.5: -1.5
        float 0.5: .5 | .5_ | 00.5
        float 5.0: 5.
        float -5.0: -5.
        float 1000.5: 1_000.5
        float 0.0: 0.0
        float -0.0: -0.0
        float 8.5: 08.5
        float infinity: .inf | +.Inf | .INF
        float -infinity: -.inf
        float nan: .nan | .NaN | .NAN
        float 1.2345678901234568e+79: 12345678901234567890123456789012345678901234567890123456789012345678901234567890
        timestamp: 2001-12-14 | 2001-12-14T21:59:43Z | 2001-12-14t21:59:43.10-05:00 | 2001-12-14T1:59:43
        timestamp: 2001-12-14T21:59:43+5 | 2001-12-14T21:59:43.Z | 2001-12-14 21:59:43 | 2001-12-14 21:59:43 Z
        timestamp: 2001-12-14  21:59:43.5 +1:00
        string: nULL | n | y | Y | N | yEs | tRUE | 018 | 08 | 0b2 | 0o17 | 0xFG | 0XFF | _1 | 12e3 | 1e3 | 1.5e3
        string: 1e+3 | - | + | . | .. | -- | 1- | 1:60 | 01:30 | 0:30 | 1:2_3 | 1:_2 | 1::2 | 1: | -.5 | +.5
        string: ._5 | 1.5.6 | 1,5 | 1.0e400 | .iNF | -.nan | .e+3 | 0x1.8 | 2001-12-1 | 2001-1-1 | 20011-12-14
        string: 2001-12-14T21:59 | 2001-12-14T21:59:43z | 2001-1-1T21:59:43-05:3 | a | abc | 1a | v1.2 | 1.2.3
        string: 10m | 90d | 5% | 1/2 | 0.18.2 | e1 | 1e | 1E5 | 0x | 0b | <<= | Infinity | NaN | inf | nan | None
        string: nil | TRUEish | ١٢ | 1² | é | 2001-12-14 21:59 | 1 2 | - 1 | true false
        """

    @Test("plain text means what PyYAML says", arguments: answers.split(separator: "\n").map(String.init))
    func plain(_ row: String) throws {
        let colon = try #require(row.firstRange(of: ": "))
        let expected = String(row[..<colon.lowerBound])
        for text in row[colon.upperBound...].split(separator: " | ") {
            let scalar = YAMLScalar(text: String(text), style: .plain)
            #expect(Self.words(scalar.value) == expected, "\(text)")
        }
    }

    @Test("nothing is null")
    func empty() { #expect(YAMLScalar(text: "", style: .plain).value == .null) }

    @Test("quoted and block text is always a string", arguments: ["", "1", "true", "~", "2001-12-14", ".nan"])
    func quoted(_ text: String) {
        for style in [YAMLScalar.Style.singleQuoted, .doubleQuoted, .literal, .folded] {
            #expect(YAMLScalar(text: text, style: style).value == .string)
        }
    }

    @Test("a number of a million digits is a float, and does not take long")
    func endless() {
        #expect(YAMLScalar(text: String(repeating: "9", count: 1_000_000), style: .plain).value == .float(.infinity))
    }

    private static func words(_ value: YAMLScalar.Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "int \(value)"
        case .float(.infinity): "float infinity"
        case .float(-.infinity): "float -infinity"
        case .float(let value): "float \(value)"
        case .timestamp: "timestamp"
        case .string: "string"
        }
    }
}
