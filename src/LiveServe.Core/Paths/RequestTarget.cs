using System.Buffers;
using LiveServe.Content;

namespace LiveServe.Paths;

/// <summary>Why a request target is refused.</summary>
internal enum TargetProblem
{
    /// <summary>It is fine.</summary>
    None,

    /// <summary>No browser sends this: status 400.</summary>
    Malformed,

    /// <summary>Longer than <see cref="RequestTarget.MaximumLength"/>: status 414.</summary>
    TooLong,
}

/// <summary>
/// What a request asks for, decoded exactly once. <see cref="Path"/> is the string that is checked and the string that is
/// opened; nothing decodes or normalises it again.
/// </summary>
/// <remarks>RFC 9112 §3.2 (origin-form and our own absolute-form), RFC 3986 §2.1 (escapes).</remarks>
/// <param name="Path">Begins with a slash, runs of slashes collapsed, no <c>..</c>, no control characters, no backslash.</param>
/// <param name="Query">With its question mark and still encoded, or empty.</param>
internal sealed record RequestTarget(string Path, string Query)
{
    /// <summary>The longest target that is looked at, in characters.</summary>
    public const int MaximumLength = 8192;

    // Everything outside printable ASCII, and the characters that one layer cuts at and the next one opens.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        string.Concat(Enumerable.Range(0x21, 0x5E).Select(c => (char)c)).Replace("#", "", StringComparison.Ordinal)
            .Replace("\\", "", StringComparison.Ordinal));

    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)) + "\\");

    /// <summary>The path's segments, without the empty ones.</summary>
    public string[] Segments => Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the path names a folder: it ends with a slash.</summary>
    public bool NamesFolder => Path.EndsWith('/');

    /// <summary>Reads a request line's target.</summary>
    /// <param name="raw">The target as it came.</param>
    /// <param name="authority">The request's own <c>host[:port]</c>: an absolute-form target must name it.</param>
    /// <param name="problem">Why the answer is <see langword="null"/>.</param>
    public static RequestTarget? Parse(string raw, string authority, out TargetProblem problem)
    {
        problem = raw.Length > MaximumLength ? TargetProblem.TooLong : TargetProblem.Malformed;
        if (problem == TargetProblem.TooLong || raw.AsSpan().ContainsAnyExcept(Allowed) || OriginForm(raw, authority) is not { } target)
        {
            return null;
        }

        var mark = target.IndexOf('?');
        var encoded = mark < 0 ? target : target[..mark];
        if (PercentEncoding.Decode(encoded) is not { } path || path.AsSpan().ContainsAny(Unwanted))
        {
            return null;
        }

        path = CollapseSlashes(path);
        if (HasParentSegment(path) || (OperatingSystem.IsWindows() && path.Contains(':')))
        {
            return null;
        }

        problem = TargetProblem.None;
        return new RequestTarget(path, mark < 0 ? "" : target[mark..]);
    }

    private static string? OriginForm(string raw, string authority)
    {
        if (raw.StartsWith('/'))
        {
            return raw;
        }

        foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://"])
        {
            if (raw.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
                && raw.AsSpan(scheme.Length).StartsWith(authority, StringComparison.OrdinalIgnoreCase))
            {
                var rest = raw[(scheme.Length + authority.Length)..];
                return rest.Length == 0 ? "/" : rest[0] is '/' ? rest : rest[0] is '?' ? "/" + rest : null;
            }
        }

        return null;
    }

    private static string CollapseSlashes(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path;
    }

    private static bool HasParentSegment(string path) =>
        path.Contains("..", StringComparison.Ordinal) && path.Split('/').Contains("..");
}
