using LiveServe.Injection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveServe;

/// <summary>The user's own headers, made ready once. A policy among them is extended so that our client may run under it, as one in a page is.</summary>
internal sealed class ExtraHeaders
{
    private const string PolicyName = "Content-Security-Policy";

    private readonly (string Name, StringValues Values)[] _headers;

    /// <summary>Makes them ready.</summary>
    /// <param name="inject">Whether pages get our client.</param>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    public ExtraHeaders(IReadOnlyList<ResponseHeader> headers, bool inject, Action<string, string?> warn) =>
        _headers = [.. headers.GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase).Select(group => (group.Key, new StringValues(
            [.. group.Select(header => inject && group.Key.Equals(PolicyName, StringComparison.OrdinalIgnoreCase) ? Admit(header.Value, warn) : header.Value)])))];

    /// <summary>Whether pages are under a policy.</summary>
    public bool HasPolicy { get; private set; }

    /// <summary>The nonce that this policy wants on our script, or <see langword="null"/>.</summary>
    public string? Nonce { get; private set; }

    /// <summary>Sets them; what was there by default gives way, and what depends on the answer comes later.</summary>
    public void AddTo(IHeaderDictionary response)
    {
        foreach (var (name, values) in _headers)
        {
            response[name] = values;
        }
    }

    // A comma separates policies, all of which hold.
    private string Admit(string value, Action<string, string?> warn)
    {
        HasPolicy = true;
        var policies = value.Split(',').Select(ContentSecurityPolicy.Admit).ToList();
        Nonce ??= policies.Select(policy => policy.Nonce).FirstOrDefault(nonce => nonce is not null);
        if (policies.SelectMany(policy => policy.Extended).Distinct().ToList() is { Count: > 0 } extended)
        {
            warn($"The policy of --header was extended in {string.Join(", ", extended)}, so that pages can be updated.", "Serve pages without the client with --no-inject.");
        }

        return string.Join(", ", policies.Select(policy => policy.Policy));
    }
}
