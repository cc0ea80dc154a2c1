import Testing

@testable import BotCore

@Suite("The tree that a pull request makes")
struct FileTreeTests {
    private let base = FileTree(blobs: ["a.yaml": "1", "b.yaml": "2", "c.yaml": "3"])

    @Test("What is added, changed, renamed and removed is so in the new tree")
    func applying() {
        let head = base.applying([
            ChangedFile(path: "a.yaml", status: "modified", previousPath: nil, blob: "9"),
            ChangedFile(path: "d.yaml", status: "renamed", previousPath: "b.yaml", blob: "2"),
            ChangedFile(path: "c.yaml", status: "removed", previousPath: nil, blob: "3"),
            ChangedFile(path: "e.yaml", status: "something new", previousPath: nil, blob: "5"),
            ChangedFile(path: "f.yaml", status: "copied", previousPath: "a.yaml", blob: "1"),
        ])
        #expect(head?.blobs == ["a.yaml": "9", "d.yaml": "2", "e.yaml": "5", "f.yaml": "1"])
    }

    @Test("Two files may change places")
    func swap() {
        let head = base.applying([
            ChangedFile(path: "a.yaml", status: .renamed(from: "b.yaml"), blob: "2"),
            ChangedFile(path: "b.yaml", status: .renamed(from: "a.yaml"), blob: "1"),
        ])
        #expect(head?.blobs == ["a.yaml": "2", "b.yaml": "1", "c.yaml": "3"])
    }

    @Test("Where a content is not named the tree has to be read")
    func nameless() {
        #expect(base.applying([ChangedFile(path: "a.yaml", status: "modified", previousPath: nil, blob: "")]) == nil)
        #expect(
            base.applying([ChangedFile(path: "a.yaml", status: "removed", previousPath: nil, blob: nil)])?.blobs
                == ["b.yaml": "2", "c.yaml": "3"])
    }

    @Test("The difference of two trees makes the one of the other")
    func difference() {
        let other = FileTree(blobs: ["a.yaml": "1", "b.yaml": "8", "z.yaml": "3", "y.yaml": "3"])
        let changes = base.changes(to: other)
        #expect(base.applying(changes) == other)
        #expect(changes.contains(ChangedFile(path: "y.yaml", status: .renamed(from: "c.yaml"), blob: "3")))
        #expect(base.changes(to: base) == [])
    }

    @Test("A tree is read again as it was written")
    func encoding() {
        let tree = FileTree(blobs: ["a b.yaml": "1", "ü/c.yaml": "2", "": "3"])
        #expect(FileTree(encoded: tree.encoded) == tree)
        #expect(FileTree(encoded: []) == FileTree(blobs: [:]))
        #expect(FileTree(encoded: Array("nonsense".utf8)) == nil)
        #expect(FileTree(encoded: FileTree(blobs: ["a\nb": "1", "c": "2"]).encoded) == FileTree(blobs: ["c": "2"]))
    }

    @Test("Registry files are found with their kinds, in order")
    func registryFiles() {
        let tree = FileTree(blobs: [
            "kettle/buckets.yaml": "1", "README.md": "2", "config/testgrids/x/OWNERS": "3",
            "config/testgrids/x/x.yaml": "4",
        ])
        let files = tree.registryFiles(RegistryFileSorter(paths: RegistryPaths()))
        #expect(files.map(\.path) == ["config/testgrids/x/OWNERS", "config/testgrids/x/x.yaml", "kettle/buckets.yaml"])
        #expect(files.map(\.kind) == [.owners, .testgrid, .buckets])
    }
}
