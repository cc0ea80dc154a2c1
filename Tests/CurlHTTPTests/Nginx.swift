import Foundation
import Glibc
import TestSupport

/// A real nginx with HTTP/2 on loopback.
struct Nginx: Sendable {
    /// The size of `/files/large`, which `/packed/large` gives too.
    static let largeFileBytes = 20 << 20

    let port: Int
    /// The certificate for localhost and 127.0.0.1, which is its own authority.
    let certificate: String
    /// A certificate that has nothing to do with this server.
    let otherCertificate: String

    /// Its address: `https://localhost:PORT`.
    var url: String { "https://localhost:\(port)" }
}

/// Runs `body` beside an nginx whose files and certificates are in a temporary folder.
func withNginx(_ body: (Nginx) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        for name in ["own", "other"] {
            let key = folder.appending(path: "\(name).key").path
            let arguments =
                ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
                + ["-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
                + ["-keyout", key, "-out", folder.appending(path: "\(name).pem").path]
            try await output(of: "/usr/bin/openssl", arguments, package: "openssl")
        }
        let files = folder.appending(path: "files")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        let line = Data("What a build log looks like, over and over again, to fill a file.\n".utf8.prefix(64))
        var content = Data(capacity: Nginx.largeFileBytes)
        while content.count < Nginx.largeFileBytes { content.append(line) }
        try content.write(to: files.appending(path: "large"))
        let (port, arguments) = try await startNginx(folder)
        let nginx = Nginx(
            port: port, certificate: folder.appending(path: "own.pem").path,
            otherCertificate: folder.appending(path: "other.pem").path)
        do {
            try await body(nginx)
            try await stopNginx(arguments, port: port)
        } catch {
            try await stopNginx(arguments, port: port)
            throw error
        }
    }
}

/// Starts nginx, which listens by the time its first process ends.
///
/// Until then another test may take the port that was free a moment ago; then another port is tried.
private func startNginx(_ folder: URL) async throws -> (port: Int, arguments: [String]) {
    let configuration = folder.appending(path: "nginx.conf")
    let arguments = ["-c", configuration.path, "-p", folder.path, "-e", folder.appending(path: "error.log").path]
    var attemptsLeft = 5
    while true {
        let port = try await withSilentPort { $0 }
        try Data(nginxConfiguration(folder.path, port: port).utf8).write(to: configuration)
        attemptsLeft -= 1
        do {
            try await output(of: "/usr/sbin/nginx", arguments, package: "nginx-light")
            return (port, arguments)
        } catch  where attemptsLeft > 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/nginx") {
            continue
        }
    }
}

/// Tells nginx to stop, and returns when it is gone: the system closes its connections after it has tidied up.
private func stopNginx(_ arguments: [String], port: Int) async throws {
    let descriptor = try connectToLoopback(port: port)
    try await output(of: "/usr/sbin/nginx", arguments + ["-s", "stop"], package: "nginx-light")
    await withCheckedContinuation { continuation in
        Thread.detachNewThread {
            Peer(descriptor: descriptor).waitForEnd()
            close(descriptor)
            continuation.resume()
        }
    }
}

private func nginxConfiguration(_ folder: String, port: Int) -> String {
    """
    pid \(folder)/nginx.pid;
    master_process off;
    events { worker_connections 256; }
    http {
        access_log off;
        client_max_body_size 16m;
        client_body_temp_path \(folder)/body;
        proxy_temp_path \(folder)/proxy;
        fastcgi_temp_path \(folder)/fastcgi;
        uwsgi_temp_path \(folder)/uwsgi;
        scgi_temp_path \(folder)/scgi;
        server {
            listen unix:\(folder)/backend;
            location / { return 200 "$content_length bytes"; }
        }
        server {
            listen 127.0.0.1:\(port) ssl http2;
            listen 127.0.0.2:\(port) ssl http2;
            ssl_certificate \(folder)/own.pem;
            ssl_certificate_key \(folder)/own.key;
            location /echo { return 200 "$request_method $args $server_protocol"; }
            location /upload { proxy_pass http://unix:\(folder)/backend:/; }
            location /files/ { alias \(folder)/files/; }
            location /packed/ { alias \(folder)/files/; gzip on; gzip_types *; }
        }
    }
    """
}
