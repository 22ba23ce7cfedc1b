using System.Globalization;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveServe;

/// <summary>Which virtual connections a request reads, and what of each its client has already.</summary>
/// <param name="Tokens">In the client's order; an answer names them by their place in it, from 0.</param>
/// <param name="After">The number of the last message that it has, of each.</param>
internal sealed record FallbackRequest(IReadOnlyList<string> Tokens, long[] After)
{
    /// <summary>As many tabs of one browser share a request.</summary>
    public const int Maximum = 64;

    /// <summary>
    /// Reads <c>id</c> and <c>after</c>, lists with commas; <see langword="null"/> when they make no sense. <c>Last-Event-ID</c> is newer than an
    /// address that an event source opens again (WHATWG HTML §9.2).
    /// </summary>
    public static FallbackRequest? Of(HttpRequest request)
    {
        var tokens = ((string?)request.Query["id"] ?? "").Split(',');
        var last = request.Headers["Last-Event-ID"];
        return tokens.Length <= Maximum && Numbers(StringValues.IsNullOrEmpty(last) ? request.Query["after"] : last, tokens.Length) is { } after
            ? new(tokens, after) : null;
    }

    /// <summary>Begins to read; a connection that is not known, or does not have what comes next, is <see langword="null"/>.</summary>
    public IReadOnlyList<VirtualConnection?> Attach(Reading reading, VirtualConnections connections) =>
        [.. Tokens.Select((token, i) => connections.Find(token) is { } connection && reading.TryAdd(connection, After[i]) ? connection : null)];

    private static long[]? Numbers(string? list, int count)
    {
        var numbers = new long[count];
        if (string.IsNullOrEmpty(list))
        {
            return numbers;
        }

        var parts = list.Split(',');
        for (var i = 0; i < count; i++)
        {
            if (parts.Length != count || !long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
