internal import BotCore
internal import OpenSSLCrypto

/// The file with the secrets that webhooks are signed with.
///
/// Shape: one bare secret, with or without a line end behind it; or Prow's map, so that one file serves both:
///
/// ```yaml
/// kubernetes/test-infra:
///   - value: ...
///     created_at: 2026-01-02T03:04:05Z
/// kubernetes: [...]
/// '*': [...]
/// ```
///
/// Several secrets in one list are all valid, so that one can be replaced without a gap.
///
/// Source: https://docs.prow.k8s.io/docs/components/core/hook/ and `pkg/github/hmac.go` of Prow.
enum WebhookSecretsFile {
    /// No file is larger.
    static let maxFileBytes = 1 << 20
    /// Each secret costs an HMAC a delivery.
    static let maxSecrets = 100

    /// Reads the file's content.
    ///
    /// - Throws: `WebhookSecretsError`, which holds nothing of the content.
    static func secrets(in bytes: [UInt8]) throws(WebhookSecretsError) -> [WebhookSecret] {
        guard bytes.count <= maxFileBytes else { throw .tooLarge(limitBytes: maxFileBytes) }
        let trimmed = trimmed(bytes)
        guard !trimmed.isEmpty else { throw .empty }
        let source = YAMLSource(path: "secrets", bytes: bytes)
        if !source.isUnreadable, let pairs = source.root?.pairs, isMap(pairs, trimmed) {
            guard source.issues.isEmpty, source.documents.count == 1 else {
                let line = source.issues.first?.line ?? 1
                throw .malformed(line: line, problem: "it is not one YAML map without repeated keys")
            }
            return try secrets(of: pairs)
        }
        guard !trimmed.contains(0x0A) else {
            throw .malformed(
                line: source.issues.first?.line ?? 1, problem: "several lines that are not a YAML map of lists")
        }
        return [try secret(named: "default", .everything, trimmed, line: 1)]
    }

    /// Whether a mapping is meant: a bare secret of one line may look like one, but not with a list, and not with a key
    /// that says for whom it signs.
    private static func isMap(_ pairs: [YAMLPair], _ text: [UInt8]) -> Bool {
        text.contains(0x0A) || pairs.contains { $0.value.items != nil || $0.key.text.flatMap(SecretScope.init) != nil }
    }

    private static func secrets(of pairs: [YAMLPair]) throws(WebhookSecretsError) -> [WebhookSecret] {
        var secrets: [WebhookSecret] = []
        for pair in pairs {
            let line = pair.key.span.startLine
            guard let text = pair.key.text, let scope = SecretScope(text) else {
                throw .malformed(line: line, problem: "a key is neither *, nor an account, nor OWNER/NAME")
            }
            guard let items = pair.value.items, !items.isEmpty else {
                throw .malformed(line: line, problem: "a key has no list of secrets behind it")
            }
            for (index, item) in items.enumerated() {
                let line = item.span.startLine
                guard let value = item["value"]?.text else {
                    throw .malformed(line: line, problem: "an item has no value")
                }
                // The time is a label: quoted or not, right or wrong, it decides nothing.
                let label = item["created_at"]?.scalar?.text ?? "\(index + 1)"
                let name = "\(scope) \(printable(label))"
                secrets.append(try secret(named: name, scope, Array(value.utf8), line: line))
            }
        }
        guard !secrets.isEmpty else { throw .empty }
        guard secrets.count <= maxSecrets else { throw .tooMany(limit: maxSecrets) }
        return secrets
    }

    private static func secret(
        named name: String, _ scope: SecretScope, _ bytes: [UInt8], line: Int
    ) throws(WebhookSecretsError) -> WebhookSecret {
        let bytes = trimmed(bytes)
        guard !bytes.isEmpty else { throw .malformed(line: line, problem: "a secret is empty") }
        do {
            return WebhookSecret(name: name, scope: scope, key: try HMACKey(Secret(bytes)))
        } catch {
            throw .unusable(reason: "\(error)")
        }
    }

    /// Without the white space that editors and `echo` put around a secret; Prow takes it off too.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// A label for a log: no control characters, and no longer than a time.
    private static func printable(_ label: String) -> String {
        String(String.UnicodeScalarView(label.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(40)))
    }
}

/// Why a file gives no secrets.
///
/// Nothing of the file's content is in it.
enum WebhookSecretsError: Error, Hashable, CustomStringConvertible {
    /// There is no such file, or it cannot be read.
    case unreadable(reason: String)
    /// There is nothing in it but white space.
    case empty
    /// It has more bytes than any such file.
    case tooLarge(limitBytes: Int)
    /// It has more secrets than are tried.
    case tooMany(limit: Int)
    /// It is neither one secret nor a map.
    case malformed(line: Int, problem: String)
    /// OpenSSL does not take a secret.
    case unusable(reason: String)

    /// What is wrong and what to do, in words that fit behind the file's name and a colon.
    var description: String {
        switch self {
        case .unreadable(let reason): "the file cannot be read (\(reason))"
        case .empty: "the file is empty; write the webhook's secret into it, for example with: openssl rand -hex 32"
        case .tooLarge(let limitBytes): "the file has more than \(limitBytes) bytes"
        case .tooMany(let limit): "the file has more than \(limit) secrets"
        case .malformed(let line, let problem):
            "line \(line): \(problem); write one secret alone on a line, or a map as Prow has it: "
                + #"{"*": [{value: SECRET, created_at: 2026-01-02T03:04:05Z}]}"#
        case .unusable(let reason): "a secret cannot be used: \(reason)"
        }
    }
}
