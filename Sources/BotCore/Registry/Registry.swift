/// Everything that the files of a registry say together.
public struct Registry: Sendable {
}
