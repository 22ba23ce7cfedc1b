namespace LiveServe.Injection;

/// <summary>What the policies in an answer's head have to allow for the client: all of them hold at once.</summary>
/// <param name="Lines">The values of <c>Content-Security-Policy</c>, with what was added.</param>
/// <param name="Nonce">To be repeated on our script; <see langword="null"/> when none of them wants one.</param>
/// <param name="Extended">The directives that had to be extended.</param>
/// <remarks>CSP Level 3 §2.2.1: each value is a list of policies with commas between them.</remarks>
internal sealed record HeaderPolicies(IReadOnlyList<string> Lines, string? Nonce, IReadOnlyList<string> Extended)
{
    /// <summary>Reads them and extends them where they must be; <see langword="null"/> when one forbids all scripts.</summary>
    /// <param name="newNonce">Makes a nonce for a policy that trusts nothing else and has none.</param>
    public static HeaderPolicies? Admit(IEnumerable<string?> lines, Func<string> newNonce)
    {
        var policies = lines.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (policies.Exists(ContentSecurityPolicy.ForbidsScripts))
        {
            return null;
        }

        var admitted = policies.ConvertAll(ContentSecurityPolicy.Admit);
        var theirs = admitted.Select(policy => policy.Nonce).FirstOrDefault(nonce => nonce is not null);
        var nonce = theirs ?? newNonce();
        var texts = admitted.ConvertAll(policy => ContentSecurityPolicy.AdmitNonce(policy.Policy, nonce));
        var isUsed = theirs is not null || !texts.SequenceEqual(admitted.Select(policy => policy.Policy));
        return new HeaderPolicies(texts, isUsed ? nonce : null, [.. admitted.SelectMany(policy => policy.Extended).Distinct()]);
    }
}
