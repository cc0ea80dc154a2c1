internal import Foundation
internal import Testing

/// Runs file calls as a user who owns nothing, which root needs to be refused anything at all.
///
/// `setfsuid` changes one thread alone, and takes root's rights over files away from it until it is changed back; for
/// anybody else it does nothing, and nothing is needed. Swift's Glibc module does not have it, so it is looked up.
public enum OtherUser {
    private typealias Call = @convention(c) (UInt32) -> Int32

    /// Runs `body` on this thread.
    public static func run(_ body: () throws -> Void) throws {
        let symbol = try #require(dlsym(dlopen(nil, RTLD_NOW), "setfsuid"), "this system has no setfsuid")
        let setUser = unsafeBitCast(symbol, to: Call.self)
        let nobody: UInt32 = 65_534
        let before = setUser(nobody)
        defer { _ = setUser(UInt32(bitPattern: before)) }
        try body()
    }
}
