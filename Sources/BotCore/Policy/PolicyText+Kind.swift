extension PolicyText {
    /// What a text of a policy stands for.
    enum Kind: Hashable, Sendable {
        /// A pattern of paths or names.
        case glob
        /// The name of something.
        case name
        /// The name of a label.
        case label
        /// A location of results.
        case location

        /// What is wrong with a text, or nil.
        func problem(_ text: String) -> String? {
            switch self {
            case .glob: PolicyText.glob(text)
            case .name: PolicyText.name(text)
            case .label: PolicyText.label(text)
            case .location: PolicyText.location(text)
            }
        }

        /// Characters that a text may have; nil where the pattern says it.
        var characterLimit: Int? {
            switch self {
            case .glob, .name: PolicyText.characterLimit
            case .label: PolicyText.labelLimit
            case .location: nil
            }
        }

        /// What a text must look like, as an expression of ECMA-262; it lets through a little more than `problem`.
        var pattern: String {
            // No control character, and something beside white space.
            let visible = #"^[^\u0000-\u001f\u007f-\u009f]*$"#
            return switch self {
            case .glob: #"^(?!/)(?!(.*/)?\.\.(/|$))(?=.*\S)[^\\\u0000-\u001f\u007f-\u009f]*$"#
            case .name, .label: "(?=.*\\S)" + visible
            case .location: #"^gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[^?#*\s]+)*/?$"#
            }
        }
    }
}
