import GoogleCloudStorage
import Testing

/// Where buckets are looked for.
@Suite struct StorageRootTests {
    private func check(
        _ storageURL: String?, emulator: String? = nil, _ expected: StorageRoot,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(
            try StorageRoot(storageURL: storageURL, emulatorHost: emulator) == expected, sourceLocation: location)
    }

    @Test("without a setting it is Google's")
    func unset() throws {
        try check(nil, .server(url: "https://storage.googleapis.com"))
        try check("", emulator: "", .google)
    }

    @Test("a server's address loses its last slashes and keeps its path")
    func server() throws {
        try check("https://storage.example/", .server(url: "https://storage.example"))
        try check("http://127.0.0.1:4443/gcs//", .server(url: "http://127.0.0.1:4443/gcs"))
        try check("HTTPS://[::1]:4443", .server(url: "HTTPS://[::1]:4443"))
    }

    @Test("a folder is written as a file address")
    func folder() throws {
        try check("file:///var/lib/buckets", .folder(path: "/var/lib/buckets"))
        try check("file:///with%20space/", .folder(path: "/with space/"))
        try check("file://localhost/x", .folder(path: "/x"))
    }

    @Test("the emulator's host counts with and without http://, and only where nothing else is set")
    func emulator() throws {
        try check(nil, emulator: "localhost:9000", .server(url: "http://localhost:9000"))
        try check(nil, emulator: "http://localhost:9000/", .server(url: "http://localhost:9000"))
        try check(nil, emulator: "https://gcs.test", .server(url: "https://gcs.test"))
        try check(nil, emulator: "localhost:9000/storage/v1/", .server(url: "http://localhost:9000"))
        try check("https://x.test", emulator: "localhost:9000", .server(url: "https://x.test"))
    }

    @Test(
        "what names no place is refused",
        arguments: [
            "storage.example", "localhost:9000", "ftp://x", "gs://bucket", "https://", "https:///x", "file://host/x",
            "file:relative", "http://u:p@host", "http://host?x=1", "http://host/#x", "http://host?", " ", "://",
        ])
    func refused(text: String) {
        #expect(throws: StorageRootError.self) { try StorageRoot(storageURL: text, emulatorHost: nil) }
    }

    @Test("the refusal names the setting")
    func named() {
        #expect(throws: StorageRootError(setting: "STORAGE_EMULATOR_HOST", reason: "it is no address of a server")) {
            try StorageRoot(storageURL: nil, emulatorHost: "file:///x")
        }
    }
}
