/// The rules about the TestGrid configuration that need nothing but the registry's files.
public enum TestGridRules {
    /// The rules, in the order of the rule table.
    public static let all: [any RegistryRule.Type] = [
        TestGridYAMLParse.self,
        TestGridUnknownKey.self,
        TestGridNameCharset.self,
        TestGridNameShort.self,
        TestGridNameReserved.self,
        TestGridDuplicateName.self,
        TestGridGCSPrefixForm.self,
        TestGridGCSPrefixShared.self,
        TestGridFirstPathLooksLikeDir.self,
        TestGridTabGroupMissing.self,
        TestGridGroupUnused.self,
        TestGridDashboardEmpty.self,
        TestGridDashboardPrefix.self,
        TestGridDashboardGroupMember.self,
        TestGridSameGroupTwice.self,
        TestGridContactMissing.self,
        TestGridDescriptionMissing.self,
        TestGridEmailForm.self,
        TestGridStaleHoursOnGroup.self,
        TestGridAlertWithoutMail.self,
        TestGridLinksDefault.self,
        TestGridRootConfigDeprecated.self,
        TestGridOwnersMissing.self,
        TestGridGeneratedFile.self,
        TestGridAnnotationDangling.self,
    ]
}
