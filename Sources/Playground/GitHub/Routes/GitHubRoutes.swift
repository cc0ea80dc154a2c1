/// All operations that the stand-in knows; those before others that would fit as well come first.
enum GitHubRoutes {
    static let all: [GitHubRoute] =
        AppRoutes.all + AccountRoutes.all + RepositoryRoutes.all + PullRoutes.all + ReviewRoutes.all
        + IssueRoutes.all + CommentRoutes.all + LabelRoutes.all + CheckRoutes.all + CommitRoutes.all + GitRoutes.all
}
