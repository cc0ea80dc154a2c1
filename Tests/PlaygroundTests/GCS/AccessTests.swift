import Foundation
import Playground
import Testing

/// What the service was seen to answer in each situation, by route: JSON list, JSON read, XML list, XML read.
@Suite("Access to a stand-in's bucket")
struct AccessTests {
    private static let old = StandInObject("logs/a/1/started.json", #"{"timestamp":1}"#, at: someDay - 86_400)
    private static let new = StandInObject("logs/a/2/started.json", #"{"timestamp":2}"#, at: someDay)

    private func world(_ access: AccessMode) -> StandInWorld {
        StandInWorld([StandInBucket("acme-results", access: access, objects: [Self.old, Self.new])])
    }

    /// Statuses of: JSON list, XML list, then JSON and XML read of an old, a new and a missing object.
    private func statuses(_ access: AccessMode) -> [Int] {
        let world = world(access)
        let objects = ["logs/a/1/started.json", "logs/a/2/started.json", "logs/a/3/started.json"]
        let targets =
            [listing("acme-results"), "/acme-results"]
            + objects.flatMap { [media("acme-results", $0), "/acme-results/\($0)"] }
        return targets.map { world.answer(to: StorageRequest($0)).status }
    }

    @Test(
        "Each mode answers as the service does",
        arguments: [
            (.worldReadable, [200, 200, 200, 200, 200, 200, 404, 404]),
            (.private, [401, 403, 401, 403, 401, 403, 401, 403]),
            (.getOnly, [401, 403, 200, 200, 200, 200, 401, 403]),
            (.listOnly(), [200, 200, 401, 403, 401, 403, 401, 403]),
            (.listOnly(privateSince: someDay), [200, 200, 200, 200, 401, 403, 404, 404]),
            (.requesterPays, [400, 400, 400, 400, 400, 400, 400, 400]),
            (.billingDisabled(message: "closed"), [403, 403, 403, 403, 403, 403, 403, 403]),
            (.missing, [404, 404, 404, 404, 404, 404, 404, 404]),
            (.failing(.tooManyRequests()), [429, 429, 429, 429, 429, 429, 429, 429]),
        ] as [(AccessMode, [Int])])
    func modes(access: AccessMode, expected: [Int]) {
        #expect(statuses(access) == expected)
    }

    private func failure(_ access: AccessMode, _ target: String) throws -> JSONFailure.Body {
        try world(access).answer(to: StorageRequest(target)).failure()
    }

    @Test("A private bucket says which permission is missing, and blames the header")
    func privateBucket() throws {
        let list = try failure(.private, listing("acme-results"))
        #expect(list.code == 401)
        #expect(
            list.message.hasPrefix("Anonymous caller does not have storage.objects.list access to the Google Cloud"))
        #expect(list.errors.map(\.reason) == ["required"])
        #expect(list.errors.map(\.domain) == ["global"])
        #expect(list.errors.map(\.locationType) == ["header"])
        #expect(list.errors.map(\.location) == ["Authorization"])
        let read = world(.private).answer(to: StorageRequest(media("acme-results", "logs/a/1/started.json")))
        #expect(read.text.contains("storage.objects.get access to the Google Cloud Storage object."))
        let xml = world(.private).answer(to: StorageRequest("/acme-results")).text
        #expect(xml.contains("<Code>AccessDenied</Code><Message>Access denied.</Message><Details>Anonymous caller "))
    }

    @Test("A missing bucket and a missing object are both notFound, and differ in words and in XML")
    func missing() throws {
        let bucket = try failure(.missing, listing("acme-results"))
        #expect(bucket.errors.map(\.reason) == ["notFound"])
        #expect(bucket.message == "The specified bucket does not exist.")
        #expect(StandInWorld().answer(to: StorageRequest(listing("acme-results"))).status == 404)
        let object = try failure(.worldReadable, "/storage/v1/b/acme-results/o/logs%2Fnone")
        #expect(object.errors.map(\.reason) == ["notFound"])
        #expect(object.message == "No such object: acme-results/logs/none")
        #expect(world(.missing).answer(to: StorageRequest("/acme-results")).text.contains("<Code>NoSuchBucket</Code>"))
        let xml = world(.worldReadable).answer(to: StorageRequest("/acme-results/none"))
        #expect(xml.text.contains("<Code>NoSuchKey</Code>"))
    }

    @Test("Requester pays and switched-off billing name their reason")
    func money() throws {
        let pays = try failure(.requesterPays, listing("acme-results"))
        #expect(pays.errors.map(\.reason) == ["required"])
        #expect(pays.message.contains("requester pays"))
        let off = try failure(.billingDisabled(message: "It is closed."), listing("acme-results"))
        #expect(off.errors.map(\.reason) == ["accountDisabled"])
        #expect(off.message == "It is closed.")
        #expect(off.errors.map(\.location) == ["Authorization"])
        let xml = world(.requesterPays).answer(to: StorageRequest("/acme-results")).text
        #expect(xml.contains("<Code>UserProjectMissing</Code>"))
    }

    @Test(
        "A name that breaks the rules is a bad request, whatever is stored", arguments: ["Acme", "ab", "192.168.0.1"])
    func badName(name: String) throws {
        let reply = StandInWorld([StandInBucket(name)]).answer(to: StorageRequest(listing(name)))
        #expect(reply.status == 400)
        #expect(try reply.failure().errors.map(\.reason) == ["invalid"])
        let xml = StandInWorld().answer(to: StorageRequest("/\(name)"))
        #expect(xml.status == 400)
        #expect(xml.text.contains("<Code>InvalidBucketName</Code>"))
    }

    @Test("Credentials are refused even where none are needed, and even empty ones", arguments: ["", "Bearer x"])
    func credentials(value: String) throws {
        let headers = [StorageRequest.Header(name: "authorization", value: value)]
        let reply = world(.worldReadable).answer(to: StorageRequest(listing("acme-results"), headers: headers))
        #expect(reply.status == 401)
        #expect(try reply.failure().errors.map(\.reason) == ["authError"])
    }

    @Test("Nobody may ask for the bucket itself, even where it is world-readable")
    func bucketsGet() throws {
        let reply = world(.worldReadable).answer(to: StorageRequest("/storage/v1/b/acme-results"))
        #expect(reply.status == 401)
        #expect(try reply.failure().message.contains("storage.buckets.get"))
    }

    @Test(
        "What nobody should ask is answered 501",
        arguments: [
            StorageRequest("/"), StorageRequest("/acme-results", method: "PUT"),
            StorageRequest("/storage/v1/b/acme-results/o", method: "POST"),
            StorageRequest("/storage/v1/b/acme-results/o/logs/a/1/started.json?alt=media"),
            StorageRequest("/storage/v1/b/acme-results/acl"), StorageRequest("/storage/v1/b/"),
        ])
    func unknown(request: StorageRequest) {
        #expect(request.route == .unknown)
        #expect(world(.worldReadable).answer(to: request).status == 501)
    }

    @Test("Content that is refused comes as a bare sentence, by the JSON API too")
    func plainRefusal() {
        let missing = world(.worldReadable).answer(to: StorageRequest(media("acme-results", "logs/none")))
        #expect(missing.status == 404)
        #expect(missing.text == "No such object: acme-results/logs/none")
        #expect(missing.header("Content-Type") == "text/html; charset=UTF-8")
        let closed = world(.billingDisabled(message: "It is closed."))
            .answer(to: StorageRequest(media("acme-results", "logs/a/1/started.json")))
        #expect(closed.text == "It is closed.")
    }
}
