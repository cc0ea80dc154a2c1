import Foundation
import OpenSSLCrypto
import TestSupport

/// The `openssl` command, which makes the keys of the tests and checks what the module signed.
enum OpenSSLTool {
    /// Runs it in a folder; `script` is a shell command that may use `openssl` several times.
    @discardableResult
    static func run(_ script: String, in folder: URL) async throws -> [UInt8] {
        try await output(of: "/usr/bin/openssl", ["version"], package: "openssl")
        return try await output(
            of: "/bin/sh", ["-ec", "cd '\(folder.path)'; exec 2>>log; \(script)"], package: "dash")
    }

    /// What `script` wrote into the file `key.pem`.
    static func key(_ script: String, in folder: URL) async throws -> [UInt8] {
        try await run(script, in: folder)
        return Array(try Data(contentsOf: folder.appending(path: "key.pem")))
    }
}

/// How a file failed to be a key; nil where it is one.
func refusal(of pem: [UInt8]) -> PrivateKeyError? {
    do throws(PrivateKeyError) {
        _ = try RSAPrivateKey(pem: Secret(pem))
        return nil
    } catch {
        return error
    }
}
