using System.Buffers;

namespace LiveServe.Injection;

/// <summary>What a page's policy has to allow for the client: its script, or a nonce for it, and its socket.</summary>
/// <param name="Policy">With what was added, or as it was.</param>
/// <param name="Nonce">The page's own, to be repeated on our script; <see langword="null"/> when it has none.</param>
/// <param name="Extended">The directives that had to be extended.</param>
/// <remarks>CSP Level 3 §6.1 and §6.8: a directive that is missing falls back to default-src; 'self' covers a socket of the same origin.</remarks>
internal sealed record ContentSecurityPolicy(string Policy, string? Nonce, IReadOnlyList<string> Extended)
{
    private static readonly SearchValues<char> NonceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

    /// <summary>Reads a serialized policy and extends it where it must be.</summary>
    public static ContentSecurityPolicy Admit(string policy)
    {
        var directives = Directives(policy);
        var extended = new List<string>();
        var nonce = Effective(directives, "script-src-elem", "script-src", "default-src")?
            .FirstOrDefault(IsNonce)?[7..^1];

        var scripts = Effective(directives, "script-src-elem", "script-src", "default-src");
        if (scripts is not null && nonce is null && !AllowsScripts(scripts))
        {
            Extend(directives, "script-src-elem", scripts, extended, fallbacks: ["script-src-elem", "script-src"]);
        }

        var connections = Effective(directives, "connect-src", "default-src");
        if (connections is not null && !AllowsSocket(connections))
        {
            Extend(directives, "connect-src", connections, extended, fallbacks: ["connect-src"]);
        }

        return new ContentSecurityPolicy(
            extended.Count == 0 ? policy : Text(directives), nonce, extended);
    }

    /// <summary>
    /// A policy that was admitted, and admits a script with <paramref name="nonce"/> too where sources count for nothing: where it wants a nonce of its
    /// own, or has 'strict-dynamic'. Anywhere else a nonce would take 'unsafe-inline' from the page (CSP Level 3 §6.7.3.2).
    /// </summary>
    public static string AdmitNonce(string policy, string nonce)
    {
        var directives = Directives(policy);
        var scripts = Effective(directives, "script-src-elem", "script-src", "default-src");
        var wanted = $"'nonce-{nonce}'";
        if (scripts is null || scripts.Contains(wanted, StringComparer.Ordinal)
            || !scripts.Any(source => IsNonce(source) || source.Equals("'strict-dynamic'", StringComparison.OrdinalIgnoreCase)))
        {
            return policy;
        }

        Extend(directives, "script-src-elem", scripts, [], ["script-src-elem", "script-src"], wanted);
        return Text(directives);
    }

    /// <summary>Whether it forbids all scripts in a way that no source undoes.</summary>
    public static bool ForbidsScripts(string policy) =>
        Effective(Directives(policy), "sandbox") is { } allowed && !allowed.Contains("allow-scripts", StringComparer.OrdinalIgnoreCase);

    private static List<string[]> Directives(string policy) =>
        [.. policy.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];

    private static string Text(List<string[]> directives) => string.Join("; ", directives.Select(words => string.Join(' ', words)));

    private static string[]? Effective(List<string[]> directives, params string[] names) =>
        names.Select(name => directives.Find(words => words[0].Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null)?[1..];

    // CSP Level 3 §2.3.1, nonce-source. Anything else a browser ignores, and so do we.
    private static bool IsNonce(string source) =>
        source.Length > 8 && source.StartsWith("'nonce-", StringComparison.OrdinalIgnoreCase) && source[^1] == '\''
        && source.AsSpan(7..^1).IndexOfAnyExcept(NonceCharacters) < 0;

    // With 'strict-dynamic' sources count for nothing; hashes cannot be extended by us, and our script is loaded before the policy is read.
    private static bool AllowsScripts(string[] sources) => sources.Any(source => source.ToLowerInvariant() is "'self'" or "*" or "http:" or "'strict-dynamic'");

    private static bool AllowsSocket(string[] sources) => sources.Any(source => source.ToLowerInvariant() is "'self'" or "*" or "ws:");

    private static void Extend(List<string[]> directives, string missing, string[] sources, List<string> extended, string[] fallbacks, string more = "'self'")
    {
        string[] allowed = [.. sources.Where(source => !source.Equals("'none'", StringComparison.OrdinalIgnoreCase)), more];
        var index = fallbacks.Select(name => directives.FindIndex(words => words[0].Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found >= 0, -1);
        var name = index < 0 ? missing : directives[index][0];
        extended.Add(name);
        if (index < 0)
        {
            directives.Add([name, .. allowed]);
        }
        else
        {
            directives[index] = [name, .. allowed];
        }
    }
}
