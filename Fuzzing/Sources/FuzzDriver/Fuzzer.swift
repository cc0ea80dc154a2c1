import CFuzzer

/// A program that feeds one entry point with bytes that libFuzzer invents, and stops where it traps.
public protocol Fuzzer {
    /// Reads one input; a trap or a precondition that does not hold is a find.
    static func read(_ bytes: [UInt8])
}

extension Fuzzer {
    /// Hands the command line to libFuzzer, which ends the process.
    public static func main() {
        readOneInput = read
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        let status = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            readOneInput(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        }
        precondition(status == 0, "libFuzzer ended with \(status)")
    }
}

// Set once before libFuzzer starts, on the one thread there is; a C function cannot carry it along.
private nonisolated(unsafe) var readOneInput: ([UInt8]) -> Void = { _ in }
