import BotCore
import FuzzDriver

/// Reads any bytes as what storage answers, a page of a listing or an error: a value or a refusal, never a trap.
@main
enum FuzzListing: Fuzzer {
    static func read(_ bytes: [UInt8]) {
        do throws(ListPage.Refusal) {
            let page = try ListPage(json: bytes)
            precondition(page.nextPageToken?.isEmpty != true)
            for object in page.objects {
                precondition(!object.name.isEmpty && (object.size ?? 0) >= 0)
            }
            for prefix in page.prefixes {
                precondition(!prefix.isEmpty)
                _ = BuildID(prefix.dropLast())
            }
        } catch {
            precondition(!error.reason.isEmpty)
        }
        // One status an input keeps it fast; the length picks it, so that a find repeats.
        let statuses = [301, 400, 401, 403, 404, 408, 412, 429, 500, 503]
        let status = statuses[bytes.count % statuses.count]
        let json = StorageErrorReply(json: status, body: bytes, to: bytes.count % 2 == 0 ? .list : .get)
        precondition(!json.summary.isEmpty && json.message.count <= 500)
        _ = json.refusal(confirmedBy: StorageErrorReply(xml: status, body: bytes))
        let text = String(decoding: bytes.prefix(64), as: UTF8.self)
        _ = PlausibleTime.date(rfc3339: text)
        _ = PlausibleTime.date(httpHeader: text)
    }
}
