/// The rules about the text of the registry's own files, whatever it says.
public enum TextRules {
    /// The rules, in the order of the rule table.
    public static let all: [any RegistryRule.Type] = [
        TextEOF.self,
        TextTrailingSpace.self,
        TextStrayQuote.self,
        KeepCommentDate.self,
    ]
}

extension Registry {
    /// The files whose text is the registry's own: not jobs, not OWNERS, and nothing that is no text or was cut.
    var textFiles: [RegistryFile] {
        files.filter { [.buckets, .testgrid, .testgridDefaults].contains($0.kind) && $0.source.isText }
    }
}
