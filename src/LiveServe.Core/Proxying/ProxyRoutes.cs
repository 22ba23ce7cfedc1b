namespace LiveServe.Proxying;

/// <summary>Which rule a path belongs to: the one with the longest prefix. Of two for one prefix the first counts.</summary>
internal sealed class ProxyRoutes(IEnumerable<ProxyRule> rules)
{
    private readonly ProxyRule[] _longestFirst = [.. rules.OrderByDescending(rule => rule.Route.Length)]; // stable

    /// <summary>The rule for a decoded path, or <see langword="null"/>.</summary>
    public ProxyRule? Find(string path) => Array.Find(_longestFirst, rule => rule.Matches(path));
}
