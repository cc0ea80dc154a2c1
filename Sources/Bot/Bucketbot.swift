internal import ArgumentParser

@main
struct Bucketbot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bucketbot")
}
