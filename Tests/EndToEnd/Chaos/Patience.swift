/// Lets time pass: chance chooses the moment of a kill, and of another process no event can be awaited.
enum Patience {
    /// Lets so many milliseconds pass.
    static func pause(milliseconds: Int) async throws { try await Task.sleep(for: .milliseconds(milliseconds)) }
}
