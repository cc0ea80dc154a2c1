extension Event {
    /// The same without the installation that it was delivered for: one of another App's, as Prow may pass it on, is of no
    /// use, and the repository's own has to be looked up.
    public var withoutInstallation: Event {
        switch self {
        case .pullRequest(var event):
            event.installationID = nil
            return .pullRequest(event)
        case .comment(var event):
            event.installationID = nil
            return .comment(event)
        case .push(var event):
            event.installationID = nil
            return .push(event)
        case .lookAgain(var event):
            event.installationID = nil
            return .lookAgain(event)
        case .checkAgain(var event):
            event.installationID = nil
            return .checkAgain(event)
        case .mergeGroup(var event):
            event.installationID = nil
            return .mergeGroup(event)
        case .installation: return .ignored(.otherApp)
        case .ping, .ignored: return self
        }
    }
}
