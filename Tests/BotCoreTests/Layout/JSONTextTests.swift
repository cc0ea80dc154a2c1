import TestSupport
import Testing

@testable import BotCore

@Suite("Texts of JSON")
struct JSONTextTests {
    @Test("end where a search byte by byte says, wherever they begin and whatever they hold")
    func plainText() {
        var generator = SplitMix64(seed: 3)
        // Bytes next to those that end a text, and such as differ from them by the highest bit alone.
        let bytes: [UInt8] = [0x00, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF]
        for _ in 0..<500 {
            let hasEnds = Bool.random(using: &generator)
            let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                let byte = bytes.randomElement(using: &generator) ?? 0
                return hasEnds || Int.random(in: 0..<20, using: &generator) == 0 ? byte : byte | 0xA3
            }
            for start in 0...text.count {
                let end = (start..<text.count).first { text[$0] < 0x20 || [0x22, 0x5C].contains(text[$0]) }
                let found = JSONText(bytes: text).endOfPlainText(from: start)
                #expect(found == end ?? text.count, "\(text) \(start)")
            }
        }
    }
}
