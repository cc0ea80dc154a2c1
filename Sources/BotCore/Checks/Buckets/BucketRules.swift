/// The rules of `buckets.yaml` that need nothing but the registry's files.
public enum BucketRules {
    /// In the order in which they are worth reading: what stops everything first.
    public static let all: [any RegistryRule.Type] = [
        BucketsYAMLParse.self,
        BucketEntryShape.self,
        BucketURLForm.self,
        BucketURLTrailingSlash.self,
        BucketURLOverlap.self,
        BucketUnknownKey.self,
        BucketPrefixMissing.self,
        BucketPrefixEmpty.self,
        BucketPrefixColon.self,
        BucketPrefixDuplicate.self,
        BucketPrefixCharset.self,
        BucketContactMissing.self,
        BucketContactForm.self,
        BucketSequentialType.self,
        BucketExcludeType.self,
        BucketExcludeRegex.self,
        BucketExcludeStream.self,
        BucketInKettleOptional.self,
    ]
}
