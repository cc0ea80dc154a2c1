public import Foundation

/// The folder `shared` beside the checkout, which holds real registries and payloads to test against.
///
/// It is there in CI and is never part of the project; a test that needs it says that it was left out where it is not.
public enum SharedMaterial {
    /// The checkout's root, found from this file.
    public static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder, or nil where it is absent.
    public static let folder: URL? = {
        let url = checkout.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: url.appending(path: "corpus").path) ? url : nil
    }()
}
