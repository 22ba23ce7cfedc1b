using Microsoft.Extensions.Primitives;

namespace LiveServe.Security;

/// <summary>What is to be done with a request, judged by its Host header.</summary>
internal enum HostVerdict
{
    /// <summary>A name of ours.</summary>
    Known,

    /// <summary>Somebody else's name led here (DNS rebinding, or a name to be allowed): 403.</summary>
    Foreign,

    /// <summary>None, two, or no host at all: 400.</summary>
    Malformed,
}

/// <summary>
/// The Host names that are answered. A page on a rebound name is same-origin to its browser, so this header is the only thing
/// that tells it from ours.
/// </summary>
/// <param name="allowed">More names; <c>.example.com</c> means that name and all below it. Compared whole, never by prefix.</param>
internal sealed class HostCheck(IEnumerable<string> allowed)
{
    // Clients send the same header again and again.
    private string? _lastKnown;

    private readonly string[] _allowed = [.. allowed.Select(name => name.TrimEnd('.').ToLowerInvariant())];

    /// <summary>Judges the values of the Host header.</summary>
    public HostVerdict Judge(StringValues host)
    {
        if (host is [{ } header] && header == Volatile.Read(ref _lastKnown))
        {
            return HostVerdict.Known;
        }

        if (host.Count != 1 || Authority.Parse(host[0]) is not { } authority)
        {
            return HostVerdict.Malformed;
        }

        if (!authority.IsAddress && !authority.IsLoopback && !_allowed.Any(name => Matches(name, authority.Host)))
        {
            return HostVerdict.Foreign;
        }

        Volatile.Write(ref _lastKnown, host[0]);
        return HostVerdict.Known;
    }

    private static bool Matches(string allowed, string host) =>
        allowed[0] == '.' ? host == allowed[1..] || host.EndsWith(allowed, StringComparison.Ordinal) : host == allowed;
}
