/// What a listing asks for.
struct ListingQuery: Hashable {
    /// What names start with.
    var prefix = ObjectName("")
    /// What ends a directory; empty lists everything below.
    var delimiter: [UInt8] = []
    /// The first name that is listed, itself included.
    var startOffset: ObjectName?
    /// The first name that is no longer listed.
    var endOffset: ObjectName?
    /// The name behind which the listing starts: the XML API's marker.
    var after: ObjectName?
    /// Where the last page ended: the first name that is still to be listed.
    var place: ObjectName?
    /// Objects and directories on one page together.
    var limit = 1000
}

/// One page of a listing.
struct ListingPage: Hashable {
    /// The objects' names, in order.
    var objects: [ObjectName] = []
    /// The directories, in order.
    var prefixes: [ObjectName] = []
    /// The first name that did not fit; nil on the last page.
    var next: ObjectName?
    /// The last name or directory on the page.
    var last: ObjectName?
}

extension StandInBucket {
    /// A page of a listing: it costs what is on it, however much the bucket holds.
    ///
    /// A directory is listed where its own name lies within the offsets: one that is itself before `startOffset` is
    /// left out, though it may hold objects behind it.
    /// Source: https://cloud.google.com/storage/docs/json_api/v1/objects/list.
    func page(_ query: ListingQuery) -> ListingPage {
        var page = ListingPage()
        var count = 0
        var place: ObjectName? = [query.startOffset, query.after?.successor, query.place]
            .compactMap(\.self).reduce(query.prefix) { max($0, $1) }
        while let start = place, let name = firstName(atOrAfter: start), name.hasPrefix(query.prefix) {
            let directory = name.through(query.delimiter, from: query.prefix.bytes.count)
            let entry = directory ?? name
            place = directory == nil ? name.successor : entry.afterSubtree
            if let end = query.endOffset, entry >= end { break }
            if let start = query.startOffset, entry < start { continue }
            if let after = query.after, entry <= after { continue }
            if count == query.limit {
                page.next = entry
                break
            }
            count += 1
            page.last = entry
            if directory == nil { page.objects.append(entry) } else { page.prefixes.append(entry) }
        }
        return page
    }
}
